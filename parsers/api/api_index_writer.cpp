#include "api/api_index_writer.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>

#include "api/api_block.h"
#include "api/api_compression.h"
#include "api/api_format.h"
#include "api/api_presence.h"
#include "api/api_source.h"
#include "api/varint.h"
#include "classfile/names.h"

namespace preflight {
namespace {

/// Packages share a block until it has this many members: enough to compress well, few enough to decode fast.
constexpr std::size_t kMembersOfBlock = 4'000;

void append(std::vector<std::byte>& bytes, const std::vector<std::byte>& more) {
  bytes.insert(bytes.end(), more.begin(), more.end());
}

void require_in_a_line(const ApiSpan& span, std::span<const ApiSpan> lines) {
  if (span.first > span.last || std::ranges::none_of(lines, [&](const ApiSpan& line) {
        return line.first <= span.first && span.last <= line.last;
      }))
    throw std::invalid_argument("a span of releases that is not within one line");
}

void require_spans_in_lines(const ApiClass& declared, std::span<const ApiSpan> lines) {
  for (const ApiClassForm& form : declared.forms)
    require_in_a_line(form.span, lines);
  for (const ApiMember& member : declared.members)
    require_in_a_line(member.span, lines);
}

class IndexWriter {
 public:
  IndexWriter(std::span<const ApiRelease> releases, std::vector<std::string> modules)
      : releases_(releases), lines_(lines_of(releases)), modules_(std::move(modules)) {
    std::set<std::string_view> names;
    for (const ApiSpan& line : lines_)
      if (!names.insert(releases_[line.first].line).second)
        throw std::invalid_argument("the releases of line " + releases_[line.first].line + " do not stand together");
  }

  const std::vector<ApiSpan>& lines() const { return lines_; }

  /// Packages come in order.
  void add(ApiPackage package) {
    for (const ApiClass& declared : package.classes)
      members_ += declared.members.size() + 1;
    pending_.push_back(std::move(package));
    if (members_ >= kMembersOfBlock)
      flush();
  }

  std::vector<std::byte> finish() {
    flush();
    std::vector<std::byte> file;
    for (const char c : kApiMagic)
      file.push_back(static_cast<std::byte>(c));
    file.push_back(std::byte{kApiFormatVersion});
    append(file, packed(header()));
    append(file, blocks_);
    return file;
  }

 private:
  void flush() {
    if (pending_.empty())
      return;
    const std::vector<std::byte> block = packed(write_api_block(pending_, modules_, lines_));
    put_varint(directory_, block.size());
    put_varint(directory_, pending_.size());
    for (const ApiPackage& package : pending_)
      put_text(directory_, package.name);
    append(blocks_, block);
    ++block_count_;
    pending_.clear();
    members_ = 0;
  }

  std::vector<std::byte> header() const {
    std::vector<std::byte> header;
    put_varint(header, lines_.size());
    for (const ApiSpan& line : lines_) {
      put_text(header, releases_[line.first].line);
      put_varint(header, std::size_t{line.last} - line.first + 1);
      for (std::size_t i = line.first; i <= line.last; ++i)
        put_text(header, releases_[i].version);
    }
    put_varint(header, modules_.size());
    for (const std::string& module : modules_)
      put_text(header, module);
    put_varint(header, block_count_);
    append(header, directory_);
    return header;
  }

  std::span<const ApiRelease> releases_;
  std::vector<ApiSpan> lines_;
  std::vector<std::string> modules_;
  std::vector<ApiPackage> pending_;
  std::size_t members_ = 0;
  std::size_t block_count_ = 0;
  std::vector<std::byte> directory_;
  std::vector<std::byte> blocks_;
};

/// Records of one class that stand side by side become one record.
std::vector<ApiClass> united(std::vector<ApiClass> classes) {
  std::ranges::stable_sort(classes, {}, &ApiClass::name);
  std::vector<ApiClass> result;
  for (ApiClass& declared : classes) {
    if (result.empty() || result.back().name != declared.name) {
      result.push_back(std::move(declared));
      continue;
    }
    std::ranges::move(declared.forms, std::back_inserter(result.back().forms));
    std::ranges::move(declared.members, std::back_inserter(result.back().members));
  }
  return result;
}

template <class Classes>
void collect_modules(const Classes& classes, std::set<std::string, std::less<>>& modules) {
  for (const ApiClass& declared : classes)
    for (const ApiClassForm& form : declared.forms)
      if (!modules.contains(form.module))
        modules.emplace(form.module);
}

}  // namespace

std::vector<std::byte> write_api_index(std::span<const ApiRelease> releases, std::vector<ApiClass> classes) {
  std::set<std::string, std::less<>> modules;
  collect_modules(classes, modules);
  IndexWriter writer(releases, {modules.begin(), modules.end()});
  std::map<std::string_view, std::vector<ApiClass>> packages;
  for (ApiClass& declared : united(std::move(classes))) {
    require_spans_in_lines(declared, writer.lines());
    normalize(declared, writer.lines());
    packages[package_of(declared.name)].push_back(std::move(declared));
  }
  for (auto& [name, members] : packages)
    writer.add({name, std::move(members)});
  return writer.finish();
}

std::vector<std::byte> write_api_index(const ApiIndex& index) {
  std::set<std::string, std::less<>> modules;
  for (const std::string_view package : index.packages())
    collect_modules(index.classes_of(package), modules);
  IndexWriter writer(index.releases(), {modules.begin(), modules.end()});
  for (const std::string_view package : index.packages()) {
    const auto classes = index.classes_of(package);
    writer.add({package, {classes.begin(), classes.end()}});
  }
  return writer.finish();
}

}  // namespace preflight
