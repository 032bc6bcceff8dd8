/* What keeps the libraries of the network out of the program. */
#ifndef IM_CLI_OFFLINE_H
#define IM_CLI_OFFLINE_H

/* Load, before libproj, what the loader takes for the libcurl that libproj asks for
 * (packaging/offline.sh); a handle for dlclose, or NULL when it is not installed: then
 * libproj finds the real one, and all answers are the same. */
void *cli_offline(void);

#endif
