#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

#include "api/api_block.h"
#include "api/api_format.h"
#include "api/api_presence.h"
#include "api/varint.h"

namespace preflight {
namespace {

struct Mark {
  std::uint16_t access_flags = 0;
  ApiStability stability = ApiStability::unmarked;
  bool deprecated = false;
};

class BlockReader final : public PackedApiMembers {
 public:
  /// `block` outlives this.
  BlockReader(std::vector<std::byte> raw, InputPlace place, ApiBlockContext context, ApiBlock& block)
      : raw_(std::move(raw)),
        place_(std::move(place)),
        context_(std::move(context)),
        columns_(columns_of(ByteReader(raw_, place_))),
        block_(block) {
    block_.first_package = context_.first_package;
  }

  void read() {
    names_ = read_texts(ApiColumn::name_lengths, ApiColumn::name_text);
    classes_ = read_texts(ApiColumn::class_lengths, ApiColumn::class_text);
    read_types();
    read_marks();
    read_spans();
    for (const std::string_view package : context_.packages)
      read_package(package, [&](ApiClass& declared) {
        read_forms(declared);
        skip_members();
      });
    for (const ByteReader& column : columns_)
      if (!column.at_end())
        column.fail(InputErrorKind::corrupt, "expected the end of a column of the block");
  }

  void read_outline() {
    for (const std::string_view package : context_.packages)
      read_package(package, [](ApiClass&) {});
  }

  void unpack(std::size_t package, std::size_t index) override {
    MemberPlace& place = members_[first_class_[package] + index];
    if (place.unpacked)
      return;
    for (std::size_t i = 0; i < kMemberColumns.size(); ++i) {
      ByteReader& reader = column(kMemberColumns[i]);
      reader = starts_[static_cast<std::size_t>(kMemberColumns[i])];
      reader.skip(place.offsets[i], "members before");
    }
    block_.packages[package][index].members.clear();  // Of an attempt that failed.
    read_members(block_.packages[package][index]);
    place.unpacked = true;
  }

 private:
  static constexpr std::array kMemberColumns = {ApiColumn::member_counts, ApiColumn::member_names,
                                                ApiColumn::member_marks, ApiColumn::member_shapes,
                                                ApiColumn::member_spans};
  /// Where the members of a class begin in each of the columns above.
  struct MemberPlace {
    std::array<std::uint32_t, kMemberColumns.size()> offsets{};
    bool unpacked = false;
  };

  static std::array<ByteReader, kApiColumns> columns_of(ByteReader reader) {
    const auto next = [&](auto) { return reader.slice(read_varint(reader, "length of a column"), "column"); };
    const auto make = [&]<std::size_t... I>(std::index_sequence<I...>) {
      return std::array<ByteReader, kApiColumns>{next(I)...};
    };
    auto columns = make(std::make_index_sequence<kApiColumns>());
    if (!reader.at_end())
      reader.fail(InputErrorKind::corrupt, "expected the end of the block behind its columns");
    return columns;
  }

  ByteReader& column(ApiColumn column) { return columns_[static_cast<std::size_t>(column)]; }
  std::uint64_t take(ApiColumn from, std::string_view what, std::uint64_t largest = UINT64_MAX) {
    return read_varint(column(from), what, largest);
  }
  template <class Value>
  const Value& take_from(const std::vector<Value>& table, ApiColumn from, std::string_view what) {
    return entry(table, take(from, what), from, what);
  }
  template <class Value>
  const Value& entry(const std::vector<Value>& table, std::uint64_t number, ApiColumn from, std::string_view what) {
    if (number >= table.size())
      column(from).fail(InputErrorKind::corrupt,
                        fmt::format("expected {} of {}, found number {}", what, table.size(), number));
    return table[number];
  }

  /// Counts what decoding takes, so that a small file cannot become a large one in memory.
  void spend(std::uint64_t bytes) {
    decoded_ += bytes;
    if (decoded_ > kLargestDecodedApiBlock)
      columns_.front().fail(InputErrorKind::over_limit,
                            fmt::format("expected a block of at most {} bytes once decoded", kLargestDecodedApiBlock));
  }

  std::string_view keep(std::string_view text) {
    spend(text.size());
    return block_.text.keep(text);
  }

  /// `entry` holds the text before, and then this one.
  void read_front_coded(ApiColumn lengths, ApiColumn text, std::string& entry) {
    const std::uint64_t shared = take(lengths, "shared length", entry.size());
    const auto suffix = column(text).bytes(take(lengths, "suffix length", kLongestApiName - shared), "text");
    entry.resize(shared);
    entry.append(reinterpret_cast<const char*>(suffix.data()), suffix.size());
  }

  std::vector<std::string_view> read_texts(ApiColumn lengths, ApiColumn text) {
    std::vector<std::string_view> texts;
    std::string next;
    while (!column(lengths).at_end()) {
      read_front_coded(lengths, text, next);
      spend(sizeof(std::string_view));
      texts.push_back(keep(next));
    }
    return texts;
  }

  void read_types() {
    constexpr std::uint64_t kMostDimensions = 255;
    while (!column(ApiColumn::types).at_end()) {
      std::string type(take(ApiColumn::types, "dimensions", kMostDimensions), '[');
      const std::uint64_t base = take(ApiColumn::types, "base type");
      if (base < kApiPrimitives.size()) {
        type += kApiPrimitives[base];
      } else {
        type += 'L';
        const std::size_t start = type.size();
        type += entry(classes_, base - kApiPrimitives.size(), ApiColumn::types, "class");
        std::replace(type.begin() + static_cast<std::ptrdiff_t>(start), type.end(), '.', '/');
        type += ';';
      }
      spend(sizeof(std::string_view));
      types_.push_back(keep(type));
    }
  }

  void read_marks() {
    constexpr std::uint64_t kMostPromises = 2 * static_cast<unsigned>(ApiStability::internal) + 1;
    while (!column(ApiColumn::marks).at_end()) {
      const auto flags = static_cast<std::uint16_t>(take(ApiColumn::marks, "access flags", UINT16_MAX));
      const std::uint64_t promise = take(ApiColumn::marks, "promise", kMostPromises);
      marks_.push_back({flags, static_cast<ApiStability>(promise / 2), promise % 2 != 0});
    }
  }

  void read_spans() {
    while (!column(ApiColumn::spans).at_end()) {
      std::vector<ApiSpan> runs;
      std::uint64_t end = 0;
      for (std::uint64_t left = read_count(column(ApiColumn::spans), "spans"); left > 0; --left) {
        const std::uint64_t first = end + take(ApiColumn::spans, "release", kMostApiReleases);
        end = first + take(ApiColumn::spans, "release", kMostApiReleases);
        if (!is_in_one_line(first, end) || (!runs.empty() && first == runs.back().last))
          column(ApiColumn::spans)
              .fail(InputErrorKind::corrupt,
                    fmt::format("expected a span of releases of one line behind the span before, found {} to {}", first,
                                end));
        runs.push_back({static_cast<std::uint16_t>(first), static_cast<std::uint16_t>(end)});
      }
      spend(runs.size() * sizeof(ApiSpan));
      spans_.push_back(std::move(runs));
    }
  }

  bool is_in_one_line(std::uint64_t first, std::uint64_t last) const {
    return std::ranges::any_of(context_.lines,
                               [&](const ApiSpan& line) { return line.first <= first && last <= line.last; });
  }

  /// `read_rest` reads what stands behind a class's name.
  template <class ReadRest>
  void read_package(std::string_view package, ReadRest&& read_rest) {
    std::vector<ApiClass>& classes = block_.packages.emplace_back();
    first_class_.push_back(members_.size());
    std::string name;
    std::string before;
    std::string binary_name(package);
    if (!package.empty())
      binary_name += '.';
    const std::size_t behind_package = binary_name.size();
    for (std::uint64_t left = take(ApiColumn::packages, "number of classes"); left > 0; --left) {
      before = name;
      read_front_coded(ApiColumn::declared_lengths, ApiColumn::declared_text, name);
      if (!classes.empty() && name <= before)
        column(ApiColumn::declared_lengths).fail(InputErrorKind::corrupt, "expected the package's classes in order");
      spend(sizeof(ApiClass));
      ApiClass& declared = classes.emplace_back();
      binary_name.resize(behind_package);
      declared.name = keep(binary_name += name);
      read_rest(declared);
    }
  }

  void read_forms(ApiClass& declared) {
    for (std::uint64_t left = take(ApiColumn::form_counts, "number of forms"); left > 0; --left) {
      spend(sizeof(ApiClassForm));
      ApiClassForm form;
      const std::vector<ApiSpan>& runs = take_from(spans_, ApiColumn::form_spans, "span");
      if (runs.size() != 1 || (!declared.forms.empty() && runs.front().first <= declared.forms.back().span.last))
        column(ApiColumn::form_spans)
            .fail(InputErrorKind::corrupt, "expected the class's forms in order, with one span each");
      form.span = runs.front();
      const Mark& mark = take_from(marks_, ApiColumn::form_marks, "mark");
      form.access_flags = mark.access_flags;
      form.stability = mark.stability;
      form.deprecated = mark.deprecated;
      if (const std::uint64_t super = take(ApiColumn::form_supers, "super class"); super != 0)
        form.super_class = entry(classes_, super - 1, ApiColumn::form_supers, "super class");
      for (std::uint64_t more = read_count(column(ApiColumn::form_interfaces), "interfaces"); more > 0; --more) {
        spend(sizeof(std::string_view));
        form.interfaces.push_back(take_from(classes_, ApiColumn::form_interfaces, "interface"));
      }
      const std::uint64_t module = take(ApiColumn::form_modules, "module");
      if (module >= context_.modules.size())
        column(ApiColumn::form_modules)
            .fail(InputErrorKind::corrupt,
                  fmt::format("expected a module of {}, found number {}", context_.modules.size(), module));
      form.module = context_.modules[module];
      declared.forms.push_back(std::move(form));
    }
    if (declared.forms.empty())
      column(ApiColumn::form_counts).fail(InputErrorKind::corrupt, "expected a class to have a form");
  }

  /// Notes where the members of the next class begin.
  void skip_members() {
    spend(sizeof(MemberPlace));
    MemberPlace& place = members_.emplace_back();
    for (std::size_t i = 0; i < kMemberColumns.size(); ++i)
      place.offsets[i] = static_cast<std::uint32_t>(column(kMemberColumns[i]).offset() -
                                                    starts_[static_cast<std::size_t>(kMemberColumns[i])].offset());
    const std::uint64_t fields = take(ApiColumn::member_counts, "number of fields");
    const std::uint64_t methods = take(ApiColumn::member_counts, "number of methods");
    const std::uint64_t room = column(ApiColumn::member_names).remaining();
    if (fields > room || methods > room - fields)
      column(ApiColumn::member_counts).fail(InputErrorKind::truncated, "expected as many members as are left");
    for (const ApiColumn each : {ApiColumn::member_names, ApiColumn::member_marks, ApiColumn::member_spans})
      skip_varints(column(each), fields + methods);
    skip_varints(column(ApiColumn::member_shapes), fields);
    for (std::uint64_t left = methods; left > 0; --left)
      skip_varints(column(ApiColumn::member_shapes), read_count(column(ApiColumn::member_shapes), "parameters") + 1);
  }

  void read_members(ApiClass& declared) {
    const std::vector<ApiSpan> whole = presence_of(declared, context_.lines);
    const std::uint64_t fields = take(ApiColumn::member_counts, "number of fields");
    const std::uint64_t methods = take(ApiColumn::member_counts, "number of methods");
    // A count may lie, but each member takes a byte of the column at least.
    declared.members.reserve(std::min(fields + methods, column(ApiColumn::member_names).remaining()));
    read_members(declared, ApiMember::Kind::field, fields, whole);
    read_members(declared, ApiMember::Kind::method, methods, whole);
    const auto order = [](const ApiMember& a, const ApiMember& b) {
      return std::tie(a.kind, a.name, a.descriptor, a.span.first) <
             std::tie(b.kind, b.name, b.descriptor, b.span.first);
    };
    if (!std::ranges::is_sorted(declared.members, order))
      std::ranges::sort(declared.members, order);
  }

  void read_members(ApiClass& declared, ApiMember::Kind kind, std::uint64_t count, const std::vector<ApiSpan>& whole) {
    std::uint64_t name = 0;
    for (; count > 0; --count) {
      name += take(ApiColumn::member_names, "name", names_.size());
      const Mark& mark = take_from(marks_, ApiColumn::member_marks, "mark");
      ApiMember member{.kind = kind,
                       .name = entry(names_, name, ApiColumn::member_names, "name"),
                       .descriptor = read_shape(kind),
                       .access_flags = mark.access_flags,
                       .stability = mark.stability,
                       .deprecated = mark.deprecated};
      const std::uint64_t spans = take(ApiColumn::member_spans, "spans");
      for (const ApiSpan& span : spans == 0 ? whole : entry(spans_, spans - 1, ApiColumn::member_spans, "spans")) {
        spend(sizeof(ApiMember));
        member.span = span;
        declared.members.push_back(member);
      }
    }
  }

  std::string_view read_shape(ApiMember::Kind kind) {
    if (kind == ApiMember::Kind::field)
      return take_from(types_, ApiColumn::member_shapes, "type");
    descriptor_ = "(";
    for (std::uint64_t left = read_count(column(ApiColumn::member_shapes), "parameters"); left > 0; --left) {
      descriptor_ += take_from(types_, ApiColumn::member_shapes, "type");
      if (descriptor_.size() > kLongestApiName)
        column(ApiColumn::member_shapes).fail(InputErrorKind::corrupt, "expected a descriptor as short as Java's are");
    }
    descriptor_ += ')';
    descriptor_ += take_from(types_, ApiColumn::member_shapes, "type");
    return keep(descriptor_);
  }

  std::vector<std::byte> raw_;
  InputPlace place_;
  ApiBlockContext context_;
  std::array<ByteReader, kApiColumns> columns_;
  const std::array<ByteReader, kApiColumns> starts_ = columns_;
  ApiBlock& block_;
  std::vector<std::string_view> names_;
  std::vector<std::string_view> classes_;
  std::vector<std::string_view> types_;
  std::vector<Mark> marks_;
  std::vector<std::vector<ApiSpan>> spans_;
  std::vector<std::size_t> first_class_;  ///< By package: where its classes begin in `members_`.
  std::vector<MemberPlace> members_;      ///< By class; none in an outline.
  std::string descriptor_;
  std::uint64_t decoded_ = 0;
};

}  // namespace

std::shared_ptr<ApiBlock> read_api_block(std::vector<std::byte> raw, InputPlace place, ApiBlockContext context) {
  auto block = std::make_shared<ApiBlock>();
  auto reader = std::make_unique<BlockReader>(std::move(raw), std::move(place), std::move(context), *block);
  reader->read();
  block->packed = std::move(reader);
  return block;
}

std::shared_ptr<ApiBlock> read_api_block_outline(std::vector<std::byte> raw, InputPlace place,
                                                 ApiBlockContext context) {
  auto block = std::make_shared<ApiBlock>();
  BlockReader(std::move(raw), std::move(place), std::move(context), *block).read_outline();
  return block;
}

}  // namespace preflight
