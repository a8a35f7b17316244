// Writes a synthetic `_metadata`, and measures how fast and in how much memory it is read.
//
//   savepoint_benchmark write inline|files|null|states COUNT FILE
//   savepoint_benchmark read FILE RUNS     prints JSON
//   savepoint_benchmark parse FILE RUNS    does nothing else: for counting instructions
#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <exception>
#include <fstream>
#include <string_view>
#include <vector>

#include "input/file_bytes.h"
#include "savepoint/metadata.h"
#include "savepoint/savepoint_assembly.h"
#include "synthetic_savepoint.h"

namespace {

using namespace preflight;
using namespace preflight::test;

constexpr double kMegabyte = 1e6;
constexpr double kNanosecondsPerSecond = 1e9;
constexpr const char* kExpected = "a savepoint's _metadata";
constexpr std::uint64_t kMaxFileBytes = std::uint64_t{8} << 30U;

constexpr std::array<std::pair<std::string_view, SyntheticState>, 4> kStates = {{
    {"inline", SyntheticState::inlined},
    {"files", SyntheticState::files},
    {"null", SyntheticState::null},
    {"states", SyntheticState::states},
}};

double peak_bytes() {
  constexpr double kKibibyte = 1024;
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) * kKibibyte;
}

struct Times {
  double cpu_seconds = 0;   ///< The median: other programs on the machine disturb it little.
  double wall_seconds = 0;  ///< The fastest.
};

template <typename Run>
Times measure(int runs, const Run& run) {
  using Clock = std::chrono::steady_clock;
  std::vector<double> cpu;
  std::vector<double> wall;
  for (int i = 0; i < runs; ++i) {
    const Clock::time_point start = Clock::now();
    const std::clock_t cpu_start = std::clock();
    run();
    cpu.push_back(static_cast<double>(std::clock() - cpu_start) / CLOCKS_PER_SEC);
    wall.push_back(std::chrono::duration<double>(Clock::now() - start).count());
  }
  std::sort(cpu.begin(), cpu.end());
  return {cpu[cpu.size() / 2], *std::min_element(wall.begin(), wall.end())};
}

class SubtaskCounter : public MetadataVisitor {
 public:
  void on_operator(const MetadataOperator&) override {}
  void on_subtask(const MetadataSubtask&) override { ++count_; }
  void on_finished_subtask() override { ++count_; }
  std::uint64_t count() const { return count_; }

 private:
  std::uint64_t count_ = 0;
};

int write(std::string_view name, std::int32_t count, const char* path) {
  for (const auto& [candidate, state] : kStates) {
    if (candidate != name)
      continue;
    const JavaBytes bytes = synthetic_metadata(state, count);
    std::ofstream file(path, std::ios::binary);
    file.write(reinterpret_cast<const char*>(bytes.get().data()), static_cast<std::streamsize>(bytes.size()));
    return file.flush() ? EXIT_SUCCESS : EXIT_FAILURE;
  }
  fmt::print(stderr, "expected inline, files, null or states, found {}\n", name);
  return EXIT_FAILURE;
}

int read(const char* path, int runs) {
  // First of all, while this process has taken no memory for anything else.
  const std::size_t operators = read_savepoint(path).operators.size();
  const double peak = peak_bytes();

  const Times reading = measure(runs, [&] { read_savepoint(path); });
  const std::vector<std::byte> bytes = read_file(path, kMaxFileBytes, kExpected);
  const InputPlace place{path};
  const Times parsing = measure(runs, [&] { assemble_savepoint(bytes, place, StateFiles::beside(path)); });
  SubtaskCounter subtasks;
  read_metadata(bytes, place, subtasks);

  const auto size = static_cast<double>(bytes.size());
  fmt::print(R"({{"operators": {}, "subtask_states": {}, "bytes": {}, "read_mb_per_cpu_second": {:.0f}, )"
             R"("parse_mb_per_cpu_second": {:.0f}, "parse_nanoseconds": {:.0f}, "peak_memory_per_byte": {:.2f}}})"
             "\n",
             operators, subtasks.count(), bytes.size(), size / kMegabyte / reading.cpu_seconds,
             size / kMegabyte / parsing.cpu_seconds, parsing.wall_seconds * kNanosecondsPerSecond, peak / size);
  return EXIT_SUCCESS;
}

int parse(const char* path, int runs) {
  const std::vector<std::byte> bytes = read_file(path, kMaxFileBytes, kExpected);
  const InputPlace place{path};
  for (int i = 0; i < runs; ++i)
    assemble_savepoint(bytes, place, StateFiles::beside(path));
  return EXIT_SUCCESS;
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<const char*> arguments(argv, argv + argc);
  try {
    if (argc == 5 && std::string_view(arguments[1]) == "write")
      return write(arguments[2], std::atoi(arguments[3]), arguments[4]);
    if (argc == 4 && std::string_view(arguments[1]) == "parse")
      return parse(arguments[2], std::atoi(arguments[3]));
    if (argc == 4 && std::string_view(arguments[1]) == "read")
      return read(arguments[2], std::max(1, std::atoi(arguments[3])));
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return EXIT_FAILURE;
  }
  fmt::print(
      stderr,
      "usage: savepoint_benchmark write inline|files|null|states COUNT FILE | read FILE RUNS | parse FILE RUNS\n");
  return EXIT_FAILURE;
}
