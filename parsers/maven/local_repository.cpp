#include "maven/local_repository.h"

#include <tinyxml2.h>

#include <algorithm>
#include <cctype>
#include <regex>
#include <set>
#include <span>
#include <system_error>

#include "input/file_bytes.h"
#include "input/input_error.h"
#include "maven/xml_text.h"

namespace preflight {
namespace {

constexpr std::uint64_t kMostMetadataBytes = std::uint64_t{4} << 20U;
constexpr std::size_t kMostMetadataFiles = 64;

/// One name of a file or folder, and not a way to another place.
bool is_file_name(const std::string& name) {
  return !name.empty() && name != "." && name != ".." && name.size() < 256 &&
         std::all_of(name.begin(), name.end(), [](char c) {
           return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '.' || c == '-' || c == '_' || c == '+' ||
                  c == '~';
         });
}

/// The folder of a version: snapshots with a time stamp lie in that of their base version.
std::string folder_of_version(const std::string& version) {
  static const std::regex kTimestamp("^(.*)-[0-9]{8}\\.[0-9]{6}-[0-9]+$");
  std::smatch match;
  return std::regex_match(version, match, kTimestamp) ? match[1].str() + "-SNAPSHOT" : version;
}

void add_versions(const std::filesystem::path& file, std::set<std::string>& versions) {
  try {
    const auto bytes = read_file(file, kMostMetadataBytes, "a maven-metadata.xml");
    const std::string text = xml_text(bytes, {.path = file.string()}, "a maven-metadata.xml");
    tinyxml2::XMLDocument xml;
    if (xml.Parse(text.data(), text.size()) != tinyxml2::XML_SUCCESS)
      return;
    const auto* versioning = tinyxml2::XMLConstHandle(xml.RootElement()).FirstChildElement("versioning").ToElement();
    const auto* list = versioning ? versioning->FirstChildElement("versions") : nullptr;
    for (const auto* version = list ? list->FirstChildElement("version") : nullptr; version;
         version = version->NextSiblingElement("version"))
      if (version->GetText())
        versions.insert(version->GetText());
  } catch (const InputError&) {  // Maven goes on without metadata that it cannot read.
  }
}

}  // namespace

LocalRepository::LocalRepository(std::optional<std::filesystem::path> folder) : folder_(std::move(folder)) {
  std::error_code error;
  if (folder_ && !std::filesystem::is_directory(*folder_, error))
    throw InputError(InputErrorKind::unreadable, {.path = folder_->string()},
                     "expected the folder of a local Maven repository, found none");
}

std::optional<std::filesystem::path> LocalRepository::artifact_folder(const std::string& group,
                                                                      const std::string& artifact) const {
  if (!folder_ || !is_file_name(group) || !is_file_name(artifact))
    return std::nullopt;
  std::string groups = group;
  std::replace(groups.begin(), groups.end(), '.', '/');
  groups.erase(0, groups.find_first_not_of('/'));
  return *folder_ / groups / artifact;
}

std::optional<std::filesystem::path> LocalRepository::pom(const Coordinates& coordinates) const {
  const auto folder = artifact_folder(coordinates.group, coordinates.artifact);
  if (!folder || !is_file_name(coordinates.version))
    return std::nullopt;
  auto path =
      *folder / folder_of_version(coordinates.version) / (coordinates.artifact + "-" + coordinates.version + ".pom");
  std::error_code error;
  return std::filesystem::is_regular_file(path, error) ? std::optional(std::move(path)) : std::nullopt;
}

std::vector<std::string> LocalRepository::versions(const std::string& group, const std::string& artifact) const {
  const auto folder = artifact_folder(group, artifact);
  std::error_code error;
  if (!folder || !std::filesystem::is_directory(*folder, error))
    return {};
  std::set<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(*folder, error)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with("maven-metadata") && name.ends_with(".xml") && files.size() < kMostMetadataFiles)
      files.insert(entry.path());
  }
  std::set<std::string> versions;
  for (const auto& file : files)
    add_versions(file, versions);
  return {versions.begin(), versions.end()};
}

}  // namespace preflight
