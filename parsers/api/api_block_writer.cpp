#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>

#include "api/api_block.h"
#include "api/api_format.h"
#include "api/api_presence.h"
#include "api/varint.h"

namespace preflight {
namespace {

using Bytes = std::vector<std::byte>;

/// Values that get numbers by how often they are used: the most frequent has the shortest.
template <class Value>
class Frequencies {
 public:
  void count(const Value& value) { ++uses_[value]; }

  void settle() {
    for (const auto& [value, uses] : uses_)
      order_.push_back(value);
    std::ranges::stable_sort(order_, [&](const Value& a, const Value& b) { return uses_.at(a) > uses_.at(b); });
    for (std::size_t i = 0; i < order_.size(); ++i)
      uses_[order_[i]] = i;
  }

  const std::vector<Value>& in_order() const { return order_; }
  std::uint64_t number(const Value& value) const { return uses_.at(value); }

 private:
  std::map<Value, std::uint64_t> uses_;  ///< After settle(): the numbers.
  std::vector<Value> order_;
};

struct Type {
  std::size_t dimensions = 0;
  char primitive = 0;  ///< 0 for a class
  std::string class_name;

  auto operator<=>(const Type&) const = default;
};

/// A member in all the releases in which it was the same.
struct Row {
  const ApiMember* member = nullptr;
  std::vector<ApiSpan> spans;
};

using Mark = std::pair<std::uint16_t, std::uint8_t>;

template <class Marked>
Mark mark_of(const Marked& marked) {
  return {marked.access_flags,
          static_cast<std::uint8_t>(static_cast<unsigned>(marked.stability) * 2U + (marked.deprecated ? 1U : 0U))};
}

[[noreturn]] void refuse_descriptor(const ApiMember& member) {
  throw std::invalid_argument("no descriptor: " + std::string(member.descriptor));
}

Type take_type(const ApiMember& member, std::string_view& rest) {
  Type type;
  while (rest.starts_with('[')) {
    ++type.dimensions;
    rest.remove_prefix(1);
  }
  if (rest.empty())
    refuse_descriptor(member);
  if (rest.front() != 'L') {
    type.primitive = rest.front();
    if (kApiPrimitives.find(type.primitive) == std::string_view::npos)
      refuse_descriptor(member);
    rest.remove_prefix(1);
    return type;
  }
  const std::size_t end = rest.find(';');
  if (end == std::string_view::npos)
    refuse_descriptor(member);
  type.class_name = std::string(rest.substr(1, end - 1));
  std::ranges::replace(type.class_name, '/', '.');
  rest.remove_prefix(end + 1);
  return type;
}

/// Parameter types and the return type of a method, or the one type of a field.
std::vector<Type> types_of(const ApiMember& member) {
  std::vector<Type> types;
  std::string_view rest = member.descriptor;
  if (member.kind == ApiMember::Kind::method) {
    if (!rest.starts_with('('))
      refuse_descriptor(member);
    for (rest.remove_prefix(1); !rest.starts_with(')');)
      types.push_back(take_type(member, rest));
    rest.remove_prefix(1);
  }
  types.push_back(take_type(member, rest));
  if (!rest.empty())
    refuse_descriptor(member);
  return types;
}

/// Members that are the same but for their spans, as rows. The members are sorted as ApiClass says.
std::vector<Row> rows_of(const ApiClass& declared) {
  std::vector<Row> rows;
  std::size_t first_of_symbol = 0;
  const ApiMember* before = nullptr;
  for (const ApiMember& member : declared.members) {
    if (before == nullptr || before->kind != member.kind || before->name != member.name ||
        before->descriptor != member.descriptor)
      first_of_symbol = rows.size();
    before = &member;
    const auto same = std::find_if(rows.begin() + static_cast<std::ptrdiff_t>(first_of_symbol), rows.end(),
                                   [&](const Row& row) { return mark_of(*row.member) == mark_of(member); });
    if (same == rows.end())
      rows.push_back({&member, {member.span}});
    else
      same->spans.push_back(member.span);
  }
  return rows;
}

class BlockWriter {
 public:
  BlockWriter(std::span<const ApiPackage> packages, std::span<const std::string> modules,
              std::span<const ApiSpan> lines)
      : packages_(packages), modules_(modules), lines_(lines) {}

  Bytes write() {
    collect();
    number();
    write_tables();
    for (const ApiPackage& package : packages_)
      write_package(package);
    Bytes block;
    for (const Bytes& column : columns_) {
      put_varint(block, column.size());
      block.insert(block.end(), column.begin(), column.end());
    }
    return block;
  }

 private:
  Bytes& column(ApiColumn column) { return columns_[static_cast<std::size_t>(column)]; }
  void put(ApiColumn to, std::uint64_t value) { put_varint(column(to), value); }

  void collect() {
    for (const ApiPackage& package : packages_)
      for (const ApiClass& declared : package.classes) {
        for (const ApiClassForm& form : declared.forms)
          collect(form);
        const std::vector<ApiSpan> whole = presence_of(declared, lines_);
        for (const Row& row : rows_of(declared))
          collect(row, whole);
      }
  }

  void collect(const ApiClassForm& form) {
    spans_.count({form.span});
    marks_.count(mark_of(form));
    if (!form.super_class.empty())
      classes_.emplace(form.super_class, 0);
    for (const std::string_view name : form.interfaces)
      classes_.emplace(name, 0);
  }

  void collect(const Row& row, const std::vector<ApiSpan>& whole) {
    names_.emplace(row.member->name, 0);
    marks_.count(mark_of(*row.member));
    if (row.spans != whole)
      spans_.count(row.spans);
    for (const Type& type : types_of(*row.member)) {
      types_.count(type);
      if (type.primitive == 0)
        classes_.emplace(type.class_name, 0);
    }
  }

  void number() {
    for (auto* table : {&names_, &classes_}) {
      std::uint64_t next = 0;
      for (auto& [text, number] : *table)
        number = next++;
    }
    types_.settle();
    marks_.settle();
    spans_.settle();
  }

  void write_tables() {
    write_texts(names_, ApiColumn::name_lengths, ApiColumn::name_text);
    write_texts(classes_, ApiColumn::class_lengths, ApiColumn::class_text);
    for (const Type& type : types_.in_order()) {
      put(ApiColumn::types, type.dimensions);
      put(ApiColumn::types, type.primitive != 0 ? kApiPrimitives.find(type.primitive)
                                                : kApiPrimitives.size() + classes_.at(type.class_name));
    }
    for (const Mark& mark : marks_.in_order()) {
      put(ApiColumn::marks, mark.first);
      put(ApiColumn::marks, mark.second);
    }
    for (const std::vector<ApiSpan>& runs : spans_.in_order()) {
      put(ApiColumn::spans, runs.size());
      unsigned end = 0;
      for (const ApiSpan& run : runs) {
        put(ApiColumn::spans, run.first - end);
        put(ApiColumn::spans, static_cast<unsigned>(run.last - run.first));
        end = run.last;
      }
    }
  }

  void write_texts(const std::map<std::string, std::uint64_t>& table, ApiColumn lengths, ApiColumn text) {
    std::string_view before;
    for (const auto& [entry, number] : table)
      before = write_front_coded(before, entry, lengths, text);
  }

  std::string_view write_front_coded(std::string_view before, std::string_view entry, ApiColumn lengths,
                                     ApiColumn text) {
    const auto shared = static_cast<std::size_t>(std::ranges::mismatch(before, entry).in1 - before.begin());
    put(lengths, shared);
    put(lengths, entry.size() - shared);
    for (const char c : entry.substr(shared))
      column(text).push_back(static_cast<std::byte>(c));
    return entry;
  }

  void write_package(const ApiPackage& package) {
    put(ApiColumn::packages, package.classes.size());
    const std::size_t qualifier = package.name.empty() ? 0 : package.name.size() + 1;
    std::string_view before;
    for (const ApiClass& declared : package.classes) {
      before = write_front_coded(before, declared.name.substr(qualifier), ApiColumn::declared_lengths,
                                 ApiColumn::declared_text);
      put(ApiColumn::form_counts, declared.forms.size());
      for (const ApiClassForm& form : declared.forms)
        write_form(form);
      write_members(declared);
    }
  }

  void write_form(const ApiClassForm& form) {
    put(ApiColumn::form_spans, spans_.number({form.span}));
    put(ApiColumn::form_marks, marks_.number(mark_of(form)));
    put(ApiColumn::form_supers, form.super_class.empty() ? 0 : classes_.at(std::string(form.super_class)) + 1);
    put(ApiColumn::form_interfaces, form.interfaces.size());
    for (const std::string_view name : form.interfaces)
      put(ApiColumn::form_interfaces, classes_.at(std::string(name)));
    put(ApiColumn::form_modules,
        static_cast<std::uint64_t>(std::ranges::lower_bound(modules_, form.module) - modules_.begin()));
  }

  void write_members(const ApiClass& declared) {
    const std::vector<ApiSpan> whole = presence_of(declared, lines_);
    const std::vector<Row> rows = rows_of(declared);
    const auto fields = static_cast<std::size_t>(
        std::ranges::count(rows, ApiMember::Kind::field, [](const Row& row) { return row.member->kind; }));
    put(ApiColumn::member_counts, fields);
    put(ApiColumn::member_counts, rows.size() - fields);
    std::uint64_t name_before = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const Row& row = rows[i];
      const std::uint64_t name = names_.at(std::string(row.member->name));
      put(ApiColumn::member_names, i == fields ? name : name - name_before);
      name_before = name;
      put(ApiColumn::member_marks, marks_.number(mark_of(*row.member)));
      put(ApiColumn::member_spans, row.spans == whole ? 0 : spans_.number(row.spans) + 1);
      const std::vector<Type> types = types_of(*row.member);
      if (row.member->kind == ApiMember::Kind::method)
        put(ApiColumn::member_shapes, types.size() - 1);
      for (const Type& type : types)
        put(ApiColumn::member_shapes, types_.number(type));
    }
  }

  std::span<const ApiPackage> packages_;
  std::span<const std::string> modules_;
  std::span<const ApiSpan> lines_;
  std::map<std::string, std::uint64_t> names_;
  std::map<std::string, std::uint64_t> classes_;
  Frequencies<Type> types_;
  Frequencies<Mark> marks_;
  Frequencies<std::vector<ApiSpan>> spans_;
  std::array<Bytes, kApiColumns> columns_;
};

}  // namespace

std::vector<std::byte> write_api_block(std::span<const ApiPackage> packages, std::span<const std::string> modules,
                                       std::span<const ApiSpan> lines) {
  return BlockWriter(packages, modules, lines).write();
}

}  // namespace preflight
