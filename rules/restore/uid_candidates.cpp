#include "restore/uid_candidates.h"

namespace preflight {

UidCandidates::UidCandidates(const ApplicationJar& application) {
  for (const std::string& text : application.string_constants) {
    texts_.try_emplace(operator_id_of_uid(text), text);
    // The operators behind the writer of a sink go by its uid (SinkTransformationTranslator).
    for (const std::string& derived : {"Sink Committer: " + text, "Sink " + text + " Global Committer"})
      texts_.try_emplace(operator_id_of_uid(derived), derived);
    if (const auto id = OperatorId::from_hex(text))
      texts_.try_emplace(*id, text);
  }
}

const std::string* UidCandidates::find(const OperatorId& id) const {
  const auto found = texts_.find(id);
  return found == texts_.end() ? nullptr : &found->second;
}

}  // namespace preflight
