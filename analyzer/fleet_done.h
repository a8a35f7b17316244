#pragma once

#include <filesystem>
#include <string>
#include <unordered_set>

namespace preflight {

/// The IDs (as JSON) of the results that stand in `path`; none where there is no such file. A last line without its
/// line feed was torn by the end of the run that wrote it: it does not count, and where standard output is that very
/// file, it is taken out, so that what is appended starts on a line of its own. Throws InputError: unreadable.
std::unordered_set<std::string> ids_done(const std::filesystem::path& path);

}  // namespace preflight
