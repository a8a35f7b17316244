#include "application_uids.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace preflight {
namespace {

bool uses_package(const ApplicationJar& application, std::string_view package) {
  return std::ranges::any_of(application.external_classes,
                             [&](const ExternalClass& external) { return external.name.starts_with(package); });
}

std::string why_incomplete(const ApplicationJar& application) {
  const auto computed =
      std::ranges::count_if(application.uid_calls, [](const UidCall& call) { return !call.uid.has_value(); });
  if (computed > 0) {
    const auto first = std::ranges::find_if(application.uid_calls, [](const UidCall& call) { return !call.uid; });
    return fmt::format("{} of {} uid(…) calls compute their argument, the first in {}.{}", computed,
                       application.uid_calls.size(), first->class_name, first->method);
  }
  if (!application.unread.empty())
    return fmt::format("{} entries of the JAR could not be read, the first is {}", application.unread.size(),
                       application.unread.front().entry);
  if (uses_package(application, "org.apache.flink.table.api."))
    return "the job uses the Table API, whose planner generates uids";
  if (application.classes.empty())
    return "the JAR holds no classes";
  return "";
}

}  // namespace

ApplicationUids::ApplicationUids(const ApplicationJar& application) : incomplete_because_(why_incomplete(application)) {
  std::set<std::string> called;
  for (const UidCall& call : application.uid_calls)
    if (call.uid)
      called.insert(*call.uid);
  known_uids_ = static_cast<int>(called.size());
  for (const std::string& uid : called) {
    add_uid(uid, true);
    // Sink V2 expansion derives the uids of the operators behind the writer (SinkTransformationTranslator).
    add_uid("Sink Committer: " + uid, true);
    add_uid("Sink " + uid + " Global Committer", true);
  }
  for (const std::string& text : application.string_constants) {
    add_uid(text, false);
    if (const auto id = OperatorId::from_hex(text))
      origins_.try_emplace(*id, Origin{text, false});
  }
}

const ApplicationUids::Origin* ApplicationUids::find(const OperatorId& id) const {
  const auto origin = origins_.find(id);
  return origin == origins_.end() ? nullptr : &origin->second;
}

void ApplicationUids::add_uid(const std::string& uid, bool called) {
  origins_.try_emplace(operator_id_of_uid(uid), Origin{uid, called});
}

}  // namespace preflight
