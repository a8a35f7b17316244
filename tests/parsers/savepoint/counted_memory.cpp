#include "counted_memory.h"

#include <malloc.h>

#include <algorithm>
#include <cstdlib>
#include <new>

namespace {

std::uint64_t allocated = 0;
std::uint64_t peak = 0;

}  // namespace

void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  void* const place = std::malloc(std::max<std::size_t>(size, 1));
  allocated += malloc_usable_size(place);
  peak = std::max(peak, allocated);
  return place;
}

void* operator new(std::size_t size) {
  if (void* const place = operator new(size, std::nothrow))
    return place;
  throw std::bad_alloc();
}

void operator delete(void* place) noexcept {
  allocated -= malloc_usable_size(place);
  std::free(place);
}

void operator delete(void* place, std::size_t) noexcept {
  operator delete(place);
}

namespace preflight::test {

std::uint64_t peak_memory_of(const std::function<void()>& run) {
  const std::uint64_t before = allocated;
  peak = before;
  run();
  return peak - before;
}

}  // namespace preflight::test
