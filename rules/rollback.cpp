#include "rollback.h"

#include <fmt/format.h>

#include <algorithm>

#include "families/deployment_facts.h"

namespace preflight {
namespace {

/// The first setting of its kind that a deployment has, and which deployment that is.
template <typename T>
struct Told {
  const Deployment* by = nullptr;
  const Setting<T>* setting = nullptr;

  bool is(const T& value) const { return setting != nullptr && setting->value == value; }
};

template <typename T>
Told<T> told(const Upgrade& upgrade, std::optional<Setting<T>> Deployment::*field) {
  for (const Deployment& deployment : upgrade.deployments)
    if (deployment.*field)
      return {&deployment, &*(deployment.*field)};
  return {};
}

class Way {
 public:
  explicit Way(const Facts& facts)
      : upgrade_(facts.upgrade),
        rollback_(told(upgrade_, &Deployment::automatic_rollback)),
        snapshots_(told(upgrade_, &Deployment::snapshots_enabled)),
        restore_(told(upgrade_, &Deployment::restore)),
        claim_(told(upgrade_, &Deployment::claim_mode)),
        exactly_once_(exactly_once_uses(facts)),
        name_(name_for_commands(upgrade_)),
        old_(upgrade_.from ? "Flink " + upgrade_.from->text() : "the release that runs now"),
        new_("Flink " + upgrade_.to.minor_text()) {}

  RollbackReadiness found() {
    if (upgrade_.deployments.empty())
      answer_.missing.emplace_back("no deployment was given (--deployment)");
    if (!upgrade_.from)
      answer_.missing.emplace_back("the release that runs now is not known (--from)");
    switch (upgrade_.platform) {
      case Platform::msf:
        on_the_managed_service();
        break;
      case Platform::kubernetes:
        on_kubernetes();
        break;
      case Platform::standalone:
        on_a_cluster();
        break;
    }
    say_what_is_lost();
    if (!exactly_once_.empty() &&
        (answer_.verdict == RollbackVerdict::ready || answer_.verdict == RollbackVerdict::by_hand)) {
      answer_.verdict = RollbackVerdict::lossy;
      answer_.sentence += " The sinks with exactly-once delivery then write some records twice.";
    }
    return std::move(answer_);
  }

 private:
  void set(RollbackVerdict verdict, std::string sentence) {
    answer_.verdict = verdict;
    answer_.sentence = std::move(sentence);
  }

  template <typename T>
  void show(const Told<T>& told) {
    if (told.setting != nullptr)
      answer_.locations.push_back(place_of(*told.by, told.setting->place));
  }
  static Location place_of(const Deployment& deployment, const DeploymentPlace& place) {
    Location location{.path = deployment.path.string()};
    if (place.line > 0)
      location.line = place.line;
    return location;
  }

  /// The READY snapshot that was made last, as the list of the service has them: newest first or not, the list says.
  const KeptSnapshot* kept_snapshot() const {
    const auto name = told(upgrade_, &Deployment::snapshot_name);
    const KeptSnapshot* ready = nullptr;
    for (const Deployment& deployment : upgrade_.deployments)
      for (const KeptSnapshot& snapshot : deployment.snapshots) {
        if (snapshot.status != "READY" || !is_read_by_the_old(snapshot))
          continue;
        if (name.setting != nullptr && snapshot.name == name.setting->value)
          return &snapshot;
        if (ready == nullptr || (snapshot.created && ready->created && *ready->created < *snapshot.created))
          ready = &snapshot;
      }
    return ready;
  }
  bool is_read_by_the_old(const KeptSnapshot& snapshot) const {
    const auto wrote = snapshot.runtime ? FlinkVersion::parse(snapshot.runtime->value) : std::nullopt;
    return !wrote || !upgrade_.from || *wrote <= upgrade_.from->lowest;
  }

  void on_the_managed_service() {
    const KeptSnapshot* kept = kept_snapshot();
    answer_.snapshot = kept != nullptr ? fmt::format("snapshot \"{}\"", kept->name)
                                       : fmt::format("the snapshot that the service takes on {} for the update", old_);
    show(rollback_);
    show(snapshots_);
    judge_the_managed_service(kept);
    if (answer_.verdict == RollbackVerdict::impossible)
      return;
    answer_.steps = {
        "Where the new version does not come to run, the service goes back by itself if automatic rollback is on.",
        "Once it was RUNNING, a job that restarts in a loop has to be rolled back by hand: RollbackApplication brings "
        "back the runtime, the code and the snapshot from before the update.",
        "It takes back the last update only: do it before the next one, and do not delete the snapshot or the old "
        "JAR."};
    answer_.commands = {fmt::format("aws kinesisanalyticsv2 describe-application --application-name {} --query "
                                    "ApplicationDetail.ApplicationVersionId",
                                    name_),
                        fmt::format("aws kinesisanalyticsv2 rollback-application --application-name {} "
                                    "--current-application-version-id ID",
                                    name_)};
    answer_.sources = {"AWS documentation: in-place version upgrades", "AWS documentation: system rollback"};
  }

  void judge_the_managed_service(const KeptSnapshot* kept) {
    if (rollback_.setting == nullptr)
      answer_.missing.emplace_back("whether automatic rollback is on");
    else if (!rollback_.setting->value)
      answer_.missing.emplace_back("automatic rollback is off");
    if (snapshots_.is(false) && kept == nullptr)
      set(RollbackVerdict::impossible,
          "Snapshots are switched off: there is no state to go back to, and the old version would start empty.");
    else if (snapshots_.is(false))
      set(RollbackVerdict::lossy,
          fmt::format("Snapshots are switched off: one can go back to \"{}\" alone, which is from before.",
                      kept->name));
    else if (snapshots_.setting == nullptr && kept == nullptr) {
      answer_.missing.emplace_back("whether snapshots are on");
      set(RollbackVerdict::unknown, "One can go back if snapshots are on, which nothing here tells.");
    } else if (rollback_.is(true))
      set(RollbackVerdict::ready,
          "The service goes back by itself if the new version does not come to run; afterwards "
          "by hand.");
    else
      set(RollbackVerdict::by_hand, "One can go back by hand, with RollbackApplication.");
  }

  void on_kubernetes() {
    show(restore_);
    answer_.snapshot = savepoint_in_words();
    if (restore_.is(RestoreSource::nothing) && !upgrade_.savepoint)
      set(RollbackVerdict::impossible,
          "upgradeMode stateless takes no savepoint: there is no state to go back to unless one is taken before.");
    else if (restore_.is(RestoreSource::latest_checkpoint))
      set(RollbackVerdict::lossy,
          "upgradeMode last-state takes no savepoint: the old version can start from an older savepoint alone, or from "
          "a checkpoint that the new job may have deleted.");
    else if (restore_.setting != nullptr || upgrade_.savepoint)
      set(RollbackVerdict::by_hand,
          fmt::format("One can go back by hand: the old version is deployed anew from the savepoint of {}.", old_));
    else
      set(RollbackVerdict::unknown,
          "One can go back if a savepoint is taken before the upgrade, which nothing here tells.");
    if (answer_.verdict == RollbackVerdict::impossible)
      return;
    answer_.steps = {
        "Suspend the new job; where it cannot be stopped with a savepoint any more, upgradeMode stateless "
        "lets it go.",
        fmt::format("Write flinkVersion, image and jarURI of {} into the resource.", old_),
        "Name the savepoint in initialSavepointPath, and change savepointRedeployNonce: without a new nonce "
        "the operator takes no notice of the path."};
    answer_.commands = {
        fmt::format(
            "kubectl patch flinkdeployment {} --type merge -p '{{\"spec\":{{\"job\":{{\"state\":\"suspended\"}}}}}}'",
            name_),
        fmt::format("kubectl patch flinkdeployment {} --type merge -p "
                    "'{{\"spec\":{{{}\"image\":\"OLD-IMAGE\",\"job\":{{\"state\":\"running\",\"jarURI\":\"OLD-JAR\","
                    "\"initialSavepointPath\":\"SAVEPOINT\",\"savepointRedeployNonce\":1}}}}}}'",
                    name_, old_operator_version())};
    answer_.sources = {"Flink Kubernetes Operator documentation: job management, redeploy using the savepoint nonce"};
  }

  std::string old_operator_version() const {
    if (!upgrade_.from || !upgrade_.from->exact())
      return "";
    return fmt::format("\"flinkVersion\":\"v{}_{}\",", upgrade_.from->lowest.major, upgrade_.from->lowest.minor);
  }

  std::string savepoint_in_words() const { return fmt::format("the savepoint taken on {} for the upgrade", old_); }

  void on_a_cluster() {
    show(restore_);
    show(claim_);
    answer_.snapshot = savepoint_in_words();
    if (claim_.is("CLAIM"))
      set(RollbackVerdict::lossy,
          "With claim mode CLAIM the new job owns the savepoint, and deletes it once it needs it no more: keep a "
          "copy.");
    else if (restore_.is(RestoreSource::nothing) && !upgrade_.savepoint)
      set(RollbackVerdict::impossible, "The job is started without a savepoint: there is no state to go back to.");
    else if (upgrade_.savepoint || restore_.is(RestoreSource::named_snapshot))
      set(RollbackVerdict::by_hand,
          fmt::format("One can go back by hand: the old JAR starts on {} from the savepoint.", old_));
    else {
      answer_.missing.emplace_back("no savepoint of the running job was given (--savepoint)");
      set(RollbackVerdict::unknown,
          "One can go back if a savepoint is taken before the upgrade, which nothing here tells.");
    }
    if (answer_.verdict == RollbackVerdict::impossible)
      return;
    answer_.steps = {
        "Stop the new job.",
        fmt::format("Start the old JAR from the savepoint, with the client of {} on a cluster of it.", old_),
        "Keep that savepoint, the old JAR and the old distribution until the new job has proved itself."};
    answer_.commands = {"bin/flink stop --savepointPath URI JOB_ID",
                        "bin/flink run --detached --fromSavepoint SAVEPOINT OLD.jar"};
    answer_.sources = {"Flink documentation: Savepoints", "Flink documentation: Command-Line Interface"};
  }

  void say_what_is_lost() {
    if (answer_.verdict == RollbackVerdict::impossible) {
      answer_.loses = {"All state: the old version starts empty."};
      return;
    }
    const bool same_release = upgrade_.from && upgrade_.from->exact() && upgrade_.from->lowest == upgrade_.to;
    if (same_release)
      answer_.loses.emplace_back(
          "A savepoint of the new version is of the same release; the old one reads it as far as its own uids and "
          "serializers go.");
    else
      answer_.loses.push_back(
          fmt::format("A savepoint that {} writes cannot be read by {}: what only it holds is lost.", new_, old_));
    answer_.loses.emplace_back(
        "The sources are read again from where they were in the snapshot: what was processed since then is processed "
        "again, and comes twice out of a sink that does not overwrite. What a source no longer keeps is lost.");
    if (!exactly_once_.empty())
      answer_.loses.push_back(fmt::format(
          "Transactions that the new version committed stay; the old one writes their records once more ({}).",
          exactly_once_.front()));
  }

  const Upgrade& upgrade_;
  Told<bool> rollback_;
  Told<bool> snapshots_;
  Told<RestoreSource> restore_;
  Told<std::string> claim_;
  std::vector<std::string> exactly_once_;
  std::string name_, old_, new_;
  RollbackReadiness answer_;
};

}  // namespace

const char* to_string(RollbackVerdict verdict) {
  switch (verdict) {
    case RollbackVerdict::ready:
      return "ready";
    case RollbackVerdict::by_hand:
      return "by-hand";
    case RollbackVerdict::lossy:
      return "lossy";
    case RollbackVerdict::impossible:
      return "impossible";
    case RollbackVerdict::unknown:
      break;
  }
  return "unknown";
}

RollbackReadiness rollback_of(const Facts& facts) {
  return Way(facts).found();
}

}  // namespace preflight
