# What the benchmark's scripts share.

# bare FILE: bytes of an SVG without its metadata and data attributes: what is drawn.
bare() {
    tr '\n' ' ' <"$1" | sed -E 's/<metadata.*<\/metadata>//; s/ data-[a-z0-9-]+="[^"]*"//g' | wc -c
}
