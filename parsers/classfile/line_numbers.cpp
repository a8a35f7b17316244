#include <algorithm>
#include <array>

#include "classfile/attribute_rows.h"
#include "classfile/attributes.h"

namespace preflight {
namespace {

constexpr std::uint64_t kRowBytes = 4;

}  // namespace

LineNumbers::LineNumbers(const ClassView& view, const MethodView& method, const InputPlace& place) {
  const auto read = [](AttributeInput& input, std::vector<Row>& rows) {
    const std::uint16_t count = input.count(kRowBytes, "number of line numbers");
    rows.reserve(rows.size() + count);
    for (unsigned i = 0; i < count; ++i) {
      const std::uint16_t start = input.reader.u2("start of a line");
      rows.push_back({start, input.reader.u2("line number")});
    }
  };
  // A method may have several tables, which need not be in the order of the code (JVMS 4.7.12).
  const std::array<AttributeRow<std::vector<Row>>, 1> rows = {{{"LineNumberTable", 45, read, true}}};
  read_attribute_rows(view, method.code_attributes, place, rows, rows_);
  const auto earlier = [](const Row& a, const Row& b) { return a.start < b.start; };
  if (!std::is_sorted(rows_.begin(), rows_.end(), earlier))
    std::stable_sort(rows_.begin(), rows_.end(), earlier);
}

int LineNumbers::line_of(std::uint32_t code_offset) const {
  const auto behind = std::upper_bound(rows_.begin(), rows_.end(), code_offset,
                                       [](std::uint32_t offset, const Row& row) { return offset < row.start; });
  return behind == rows_.begin() ? 0 : std::prev(behind)->line;
}

}  // namespace preflight
