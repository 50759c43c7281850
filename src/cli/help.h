// The help texts: of the program, and of each verb.
#pragma once

#include "cli/console.h"
#include "cli/verb.h"

namespace ffwd {

/// What `ffwd --help` says: what it is, two lines to start with, all verbs.
void print_help(const Console& console);
/// What `ffwd VERB --help` says: an example first, then arguments and options by group, with defaults.
void print_help(const Console& console, const VerbRow& verb, const Command& command);

}  // namespace ffwd
