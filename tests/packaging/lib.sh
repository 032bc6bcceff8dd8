# Helpers of the tests in a bare Debian: a root file system with apt and nothing else, which is
# removed at the end. Needs root, a mirror and mmdebstrap. A script begins with
#   . tests/packaging/lib.sh
# and runs from the project's root.
set -u
[ "$(id -u)" = 0 ] || { echo "this test needs root: it makes a root file system" >&2; exit 1; }
sh tests/lint/deps.sh bare || exit 1
top=$(mktemp -d)
root=$top/root log=$top/log failed=0
trap 'umount "$root/proc" "$root/dev" 2>/dev/null; rm -rf --one-file-system "$top"' EXIT

inside() {
    chroot "$root" /usr/bin/env -i HOME=/root PATH=/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
        DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 MANWIDTH=80 \
        http_proxy="${http_proxy:-}" https_proxy="${https_proxy:-}" sh -ec "$1" >"$log" 2>&1
}
ok() {
    if [ $? -eq 0 ]; then echo "ok $1"; else echo "not ok $1"; tail -n 20 "$log" | sed 's/^/    /'; failed=1; fi
}

mmdebstrap --variant=apt --include=ca-certificates bookworm "$root" >"$log" 2>&1
ok "a bare Debian"
# the mirrors of this machine
cp /etc/resolv.conf "$root/etc/" 2>/dev/null
for f in apt.conf.d sources.list sources.list.d; do
    [ ! -e "/etc/apt/$f" ] || cp -r "/etc/apt/$f" "$root/etc/apt/"
done
mount --bind /proc "$root/proc" && mount --bind /dev "$root/dev"
ok "proc and dev"
