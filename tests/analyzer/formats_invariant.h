#pragma once

#include <string>
#include <vector>

namespace preflight::test {

/// The invariant behind every check that a test runs: with another number of jobs, each format has the same findings in
/// the same order, with the same severity and subject, the gate's decision agrees with the exit code, and the text is
/// the same bytes. `arguments` are those of a check that ended with `code` and wrote `out` to standard output.
void check_formats_agree(const std::vector<std::string>& arguments, int code, const std::string& out);

}  // namespace preflight::test
