#include "application/class_reader.h"

#include <sched.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <iterator>
#include <span>
#include <thread>
#include <utility>

namespace preflight {
namespace {

/// Compressed bytes for which one more thread pays.
constexpr std::uint64_t kBytesPerThread = std::uint64_t{2} << 20U;

/// Neighbours on the class path, and what one thread made of them.
struct Part {
  std::span<const ClassEntry> entries = {};
  ClassScan scan;
  std::vector<UnreadEntry> unread = {};
  std::exception_ptr error = nullptr;

  void read(const Jar& jar) {
    InputPlace place = jar.place_of(std::string_view());  // One for all, which each entry's name is put behind.
    const std::size_t behind = place.entry.size();
    for (const auto& [entry, release] : entries) {
      place.entry.resize(behind);
      place.entry += entry->name;
      read_or_note(unread, place.entry, [&, entry = entry, release = release] {
        const std::string_view lasting = behind == 0 ? entry->name : std::string_view();
        scan.add(jar.read(*entry), {place, lasting, release, entry->crc});
      });
    }
  }
};

std::uint64_t compressed_bytes(std::span<const ClassEntry> entries) {
  std::uint64_t sum = 0;
  for (const ClassEntry& entry : entries)
    sum += entry.entry->compressed;
  return sum;
}

/// The cores that this process may use: fewer than the machine has in a container, or under taskset.
unsigned available_cores() {
  cpu_set_t cores;
  CPU_ZERO(&cores);
  if (::sched_getaffinity(0, sizeof cores, &cores) != 0)
    return std::max(1U, std::thread::hardware_concurrency());
  return static_cast<unsigned>(std::max(1, CPU_COUNT(&cores)));
}

/// Parts of about the same size, in order.
std::vector<Part> split(std::span<const ClassEntry> entries, unsigned jobs, const ClassScan& scan) {
  const std::uint64_t total = compressed_bytes(entries);
  const std::uint64_t threads = jobs == 0 ? available_cores() : jobs;
  const std::uint64_t share = std::max(kBytesPerThread, total / threads + 1);
  std::vector<Part> parts;
  parts.push_back({.scan = scan.another()});
  std::size_t start = 0;
  std::uint64_t filled = 0;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (filled >= share) {
      parts.back().entries = entries.subspan(start, i - start);
      parts.push_back({.scan = scan.another()});
      start = i;
      filled = 0;
    }
    filled += entries[i].entry->compressed;
  }
  parts.back().entries = entries.subspan(start);
  return parts;
}

}  // namespace

void read_classes(const Jar& jar, const std::vector<ClassEntry>& entries, unsigned jobs, ClassScan& scan,
                  std::vector<UnreadEntry>& unread) {
  std::vector<Part> parts = split(entries, jobs, scan);
  parts.front().scan = std::move(scan);
  {
    std::vector<std::jthread> threads;
    for (std::size_t i = 1; i < parts.size(); ++i)
      threads.emplace_back([&jar, &part = parts[i]] {
        try {
          part.read(jar.open_again());
        } catch (...) {
          part.error = std::current_exception();
        }
      });
    parts.front().read(jar);
  }  // From here on every thread has ended.
  scan = std::move(parts.front().scan);
  for (Part& part : parts) {
    if (part.error)
      std::rethrow_exception(part.error);
    if (&part != &parts.front())
      scan.append(std::move(part.scan));
    std::move(part.unread.begin(), part.unread.end(), std::back_inserter(unread));
  }
}

}  // namespace preflight
