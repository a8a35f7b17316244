#include "savepoint/automatic_operator_id.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <optional>
#include <set>
#include <tuple>
#include <vector>

#include "savepoint/murmur3.h"

namespace preflight {
namespace {

using Hash = std::array<std::uint8_t, 16>;

constexpr std::size_t kMaxPositions = 4096;
constexpr std::size_t kPositionMargin = 8;  ///< Nodes of the graph that the savepoint might not list.
constexpr std::size_t kMaxChainableOutputs = 16;
constexpr std::size_t kMaxInputs = 3;
constexpr std::uint64_t kMaxTrials = 5'000'000;

/// The node that an own hash stands for.
struct Node {
  int position = 0;
  int chainable_outputs = 0;

  auto operator<=>(const Node&) const = default;
};

/// The part of an automatic ID that comes from the node itself: murmur3 of its position, written 1 + chainable outputs
/// times (StreamGraphHasherV2#generateNodeLocalHash).
Hash own_hash(std::size_t position, std::size_t chainable_outputs) {
  constexpr std::size_t kIntBytes = 4;
  std::vector<std::byte> bytes(kIntBytes * (1 + chainable_outputs));
  for (std::size_t i = 0; i < bytes.size(); ++i)
    bytes[i] = static_cast<std::byte>((position >> (8 * (i % kIntBytes))) & 0xFFU);
  return murmur3_x64_128(bytes);
}

/// All the own hashes that a graph of a given size can have, in an open-addressing table: the hash is its own hash
/// code.
class OwnHashes {
 public:
  explicit OwnHashes(std::size_t operators) {
    const std::size_t positions = std::min(operators + kPositionMargin, kMaxPositions);
    const std::size_t outputs = std::min(operators, kMaxChainableOutputs);
    slots_.resize(std::bit_ceil(2 * positions * (outputs + 1)));
    for (std::size_t position = 0; position < positions; ++position)
      for (std::size_t c = 0; c <= outputs; ++c)
        insert({own_hash(position, c), {static_cast<int>(position), static_cast<int>(c)}, true});
  }

  std::optional<Node> find(const Hash& hash) const {
    for (std::size_t i = first_slot(hash); slots_[i].used; i = next(i))
      if (slots_[i].hash == hash)
        return slots_[i].node;
    return std::nullopt;
  }

 private:
  struct Slot {
    Hash hash{};
    Node node;
    bool used = false;
  };

  void insert(const Slot& slot) {
    std::size_t i = first_slot(slot.hash);
    while (slots_[i].used)
      i = next(i);
    slots_[i] = slot;
  }

  std::size_t first_slot(const Hash& hash) const {
    std::uint64_t bits = 0;
    std::memcpy(&bits, hash.data(), sizeof bits);
    return bits & (slots_.size() - 1);
  }

  std::size_t next(std::size_t i) const { return (i + 1) & (slots_.size() - 1); }

  std::vector<Slot> slots_;
};

/// Undoes the mixing in of one input, `hash[j] = hash[j] * 37 xor input[j]`: 173 is the inverse of 37 modulo 256.
Hash without_input(const Hash& hash, const Hash& input) {
  constexpr unsigned kInverseOf37 = 173;
  static_assert(kInverseOf37 * 37U % 256U == 1U);
  Hash before{};
  for (std::size_t j = 0; j < hash.size(); ++j)
    before[j] = static_cast<std::uint8_t>((hash[j] ^ input[j]) * kInverseOf37);
  return before;
}

/// The formula holds between two operators, one of which is the other's last input. `id xor last` is what remains of
/// the node and its first inputs, so it holds in both directions.
struct Relation {
  Node node;
  std::vector<OperatorId> first_inputs;
  OperatorId one;
  OperatorId other;

  auto operator<=>(const Relation&) const = default;

  const OperatorId& opposite(const OperatorId& end) const { return end == one ? other : one; }
};

/// Collects the relations of one operator with each tuple of `inputs` operators as its inputs.
class Search {
 public:
  Search(std::span<const OperatorId> operators, const OwnHashes& own_hashes)
      : operators_(operators), own_hashes_(own_hashes) {}

  void relate(const OperatorId& id, std::size_t inputs) {
    id_ = &id;
    last_first_.clear();
    try_inputs(id.bytes, inputs);
  }

  const std::set<Relation>& relations() const { return relations_; }

 private:
  void try_inputs(const Hash& hash, std::size_t inputs) {
    if (inputs == 0) {
      if (const std::optional<Node> node = own_hashes_.find(hash))
        add(*node);
      return;
    }
    for (const OperatorId& input : operators_) {
      last_first_.push_back(&input);
      try_inputs(without_input(hash, input.bytes), inputs - 1);
      last_first_.pop_back();
    }
  }

  void add(const Node& node) {
    Relation relation;
    relation.node = node;
    std::tie(relation.one, relation.other) = std::minmax(*id_, *last_first_.front());
    for (std::size_t i = last_first_.size(); i > 1; --i)
      relation.first_inputs.push_back(*last_first_[i - 1]);
    relations_.insert(std::move(relation));
  }

  std::span<const OperatorId> operators_;
  const OwnHashes& own_hashes_;
  const OperatorId* id_ = nullptr;
  std::vector<const OperatorId*> last_first_;
  std::set<Relation> relations_;
};

using Neighbours = std::multimap<OperatorId, const Relation*>;

/// Operators joined by relations form a tree: each automatic one has one last input. Its root is the one operator that
/// no relation explains: a source, or one whose ID is not automatic.
struct Tree {
  std::set<OperatorId> operators;
  std::set<const Relation*> relations;
};

Tree tree_around(const OperatorId& start, const Neighbours& neighbours) {
  Tree tree;
  std::vector<OperatorId> open = {start};
  while (!open.empty()) {
    const OperatorId id = open.back();
    open.pop_back();
    if (!tree.operators.insert(id).second)
      continue;
    const auto [first, last] = neighbours.equal_range(id);
    for (auto at = first; at != last; ++at) {
      tree.relations.insert(at->second);
      open.push_back(at->second->opposite(id));
    }
  }
  return tree;
}

/// The root where it is known; nullopt where only the relation with the smallest position is known to touch it.
std::optional<OperatorId> root_of(const Tree& tree, const std::set<OperatorId>& certain_roots) {
  for (const OperatorId& id : tree.operators)
    if (certain_roots.contains(id))
      return id;
  return std::nullopt;
}

class Orientation {
 public:
  Orientation(const Neighbours& neighbours, std::map<OperatorId, AutomaticOperatorId>& recognised)
      : neighbours_(neighbours), recognised_(recognised) {}

  /// Explains everything that hangs below `id`, except through `above`.
  void explain_below(const OperatorId& id, const Relation* above) {
    std::vector<std::pair<OperatorId, const Relation*>> open = {{id, above}};
    while (!open.empty()) {
      const auto [input, from] = open.back();
      open.pop_back();
      const auto [first, last] = neighbours_.equal_range(input);
      for (auto at = first; at != last; ++at) {
        if (at->second == from)
          continue;
        const OperatorId& explained = at->second->opposite(input);
        explain(explained, *at->second, input);
        open.emplace_back(explained, at->second);
      }
    }
  }

 private:
  void explain(const OperatorId& id, const Relation& relation, const OperatorId& last_input) {
    AutomaticOperatorId found{relation.node.position, relation.node.chainable_outputs, relation.first_inputs};
    found.inputs.push_back(last_input);
    recognised_.emplace(id, std::move(found));
  }

  const Neighbours& neighbours_;
  std::map<OperatorId, AutomaticOperatorId>& recognised_;
};

/// Positions grow on the way down from a tree's root, so the smallest one is at the root: without a certain root it
/// stays open which end of that relation the other explains, and all else hangs below the two.
void orient(const Tree& tree, const std::set<OperatorId>& certain_roots, Orientation& orientation) {
  if (tree.relations.size() + 1 != tree.operators.size())
    return;
  if (const std::optional<OperatorId> root = root_of(tree, certain_roots))
    return orientation.explain_below(*root, nullptr);
  const Relation* top = *std::min_element(tree.relations.begin(), tree.relations.end(),
                                          [](const Relation* a, const Relation* b) { return a->node < b->node; });
  orientation.explain_below(top->one, top);
  orientation.explain_below(top->other, top);
}

/// True when tuples of every number of inputs could be tried.
bool search_within_budget(std::span<const OperatorId> operators, Search& search) {
  std::uint64_t trials = operators.size();
  std::uint64_t budget = kMaxTrials;
  for (std::size_t inputs = 1; inputs <= kMaxInputs; ++inputs) {
    // No overflow: the number of trials passed the check with one input less.
    trials *= operators.size();
    if (trials > budget)
      return false;
    budget -= trials;
    for (const OperatorId& id : operators)
      search.relate(id, inputs);
  }
  return true;
}

}  // namespace

OperatorId operator_id_of(const AutomaticOperatorId& automatic) {
  OperatorId id{
      own_hash(static_cast<std::size_t>(automatic.position), static_cast<std::size_t>(automatic.chainable_outputs))};
  for (const OperatorId& input : automatic.inputs)
    for (std::size_t j = 0; j < id.bytes.size(); ++j)
      id.bytes.at(j) = static_cast<std::uint8_t>((id.bytes.at(j) * 37U) ^ input.bytes.at(j));
  return id;
}

AutomaticOperatorIds recognise_automatic_ids(std::span<const OperatorId> operators,
                                             std::span<const OperatorId> from_uid) {
  AutomaticOperatorIds ids;
  const OwnHashes own_hashes(operators.size());
  std::set<OperatorId> roots(from_uid.begin(), from_uid.end());
  for (const OperatorId& id : operators) {
    if (const std::optional<Node> source = own_hashes.find(id.bytes)) {
      ids.certain.emplace(id, AutomaticOperatorId{source->position, source->chainable_outputs, {}});
      roots.insert(id);
    }
  }

  Search search(operators, own_hashes);
  ids.exhaustive = search_within_budget(operators, search);

  Neighbours neighbours;
  for (const Relation& relation : search.relations()) {
    neighbours.emplace(relation.one, &relation);
    neighbours.emplace(relation.other, &relation);
  }
  Orientation orientation(neighbours, ids.certain);
  std::set<OperatorId> seen;
  for (const auto& [id, relation] : neighbours) {
    if (seen.contains(id))
      continue;
    const Tree tree = tree_around(id, neighbours);
    seen.insert(tree.operators.begin(), tree.operators.end());
    orient(tree, roots, orientation);
  }
  for (const OperatorId& id : seen)
    if (!ids.certain.contains(id) && !roots.contains(id))
      ids.possible.insert(id);
  return ids;
}

}  // namespace preflight
