#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "job/class_shape.h"
#include "job/code_place.h"
#include "job/type_expression.h"

namespace preflight {

/// A text or number that the job's code sets, as far as the code tells.
template <typename T>
struct JobValue {
  enum class Knowledge {
    absent,   ///< The code does not set it.
    known,    ///< `values` has the one value.
    one_of,   ///< `values` has all it can be: a branch, an enum, a loop over a known list.
    unknown,  ///< It is set, to something that only the running job knows; `reason` says where track was lost.
  };
  Knowledge knowledge = Knowledge::absent;
  std::vector<T> values;
  std::string pattern;  ///< Of an unknown text that is known in part: "enrich-{}".
  std::string reason;
  CodePlace place;

  bool known() const { return knowledge == Knowledge::known; }
  bool absent() const { return knowledge == Knowledge::absent; }
};

enum class JobStateKind {
  value,
  list,
  map,
  reducing,
  aggregating,
  folding,
  operator_list,
  operator_union,
  broadcast,
  timers,
  coordinator,  ///< What a source's enumerator, or another operator coordinator, stores.
};
const char* to_string(JobStateKind kind);

/// A state that an operator registers.
struct JobState {
  JobValue<std::string> name;
  JobStateKind kind = JobStateKind::value;
  /// Of list state its element, of map and broadcast state the value, of reducing state the element, of aggregating and
  /// folding state the accumulator, of operator list and union state the element. As Flink's descriptors are made: the
  /// ListSerializer or MapSerializer around it is not part of it. Unused for timers and coordinators.
  TypeExpression value;
  TypeExpression key;  ///< Of map and broadcast state.
  /// Of windows and of timers with a namespace of their own; nothing for VoidNamespace.
  std::optional<TypeExpression> namespace_type;
  enum class Ttl { off, on, unknown };
  Ttl ttl = Ttl::off;
  bool asynchronous = false;  ///< Registered with a descriptor of org.apache.flink.api.common.state.v2.
  /// Where the value is bytes in a connector's own format: its name in the table ("kafka-split"); else empty.
  std::string payload;
  bool conditional = false;  ///< Registered on some paths only.
  bool lazy = false;         ///< Registered when a record comes, not when the task starts.
  CodePlace place;           ///< Empty for a state of the operator's own.
};

/// Whether Flink chains an operator to its input (ChainingStrategy).
enum class JobChaining { always, never, head, head_with_sources };

/// How one operator feeds another.
struct JobEdge {
  std::uint32_t from = 0;   ///< Index into JobModel::operators.
  std::string partitioner;  ///< forward, rebalance, hash, broadcast, rescale, shuffle, global, custom; empty where the
                            ///< code says none: forward between equal parallelisms, else rebalance.
  int input = 0;            ///< Which input of the operator: 0, or 1 for the second of a connected stream.
  std::string side_output;  ///< Id of the OutputTag; empty for the main output.
};

/// What takes the key out of an element.
struct JobKeySelector {
  std::string
      function;  ///< Binary name of its class, of a lambda the method that has its body; empty for fields' names.
  /// Of its code and of all own methods that it calls, the same for a lambda, a method and a class with the same
  /// instructions; of fields' names theirs. Nothing where the code was not followed.
  std::optional<std::uint64_t> code_digest;
};

/// An operator of the job, as the calls of Flink's API make it. A call that makes several (a sink with a committer, a
/// window join) makes several of these.
struct JobOperator {
  std::string call;  ///< The API's name of it: "map", "window.aggregate", "fromSource", "sinkTo", "sinkTo.committer"
  std::string function_class;   ///< Binary name of the user function, source or sink; empty for a lambda or unknown.
  std::string function_method;  ///< Of a lambda the method that has its body: "com.acme.Job.lambda$main$0".
  JobValue<std::string> uid;
  JobValue<std::string> uid_hash;
  JobValue<std::string> name;
  JobValue<std::int32_t> parallelism;  ///< Known to be 1 where Flink fixes it, as for a source that is not parallel.
  JobValue<std::int32_t> max_parallelism;
  JobValue<std::string> slot_sharing_group;
  JobChaining chaining = JobChaining::always;
  std::optional<TypeExpression> key;               ///< Set for an operator on a keyed stream.
  std::vector<JobKeySelector> key_selectors = {};  ///< Of each input that is keyed by the job's code.
  TypeExpression output;
  std::vector<JobEdge> inputs;
  std::vector<JobState> states;
  std::string states_incomplete_because;  ///< Why it may have states that are not listed; empty where it has none.
  bool conditional = false;               ///< Created on some paths only.
  bool may_repeat = false;                ///< Created in a loop whose turns are not known.
  CodePlace place;
};

/// What the code sets about serialization (ExecutionConfig, SerializerConfig).
struct SerializationSettings {
  std::vector<std::string> pojo_types;                          ///< Registered, in order; binary names.
  std::vector<std::pair<std::string, std::string>> kryo_types;  ///< Registered: class, serializer (empty: Kryo's own).
  std::vector<std::pair<std::string, std::string>> kryo_default_serializers;  ///< class, serializer
  std::vector<std::pair<std::string, std::string>> type_info_factories;       ///< class, factory
  std::optional<bool> force_kryo;
  std::optional<bool> force_avro;
  std::optional<bool> generic_types;
  std::string unknown_because;  ///< Set where a call could not be read: the lists above may then lack something.
};

/// A serializer class of the application's own, as its code tells.
struct OwnSerializer {
  std::string snapshot_class;  ///< Of snapshotConfiguration(); empty where it could not be told.
  /// simple extends SimpleTypeSerializerSnapshot, composite extends CompositeTypeSerializerSnapshot.
  enum class Form { simple, composite, own, unknown };
  Form form = Form::unknown;
  std::vector<TypeExpression> nested;  ///< Of a composite one.
  /// Of a snapshot that decides by itself: the answers that resolveSchemaCompatibility can give, by the names of
  /// TypeSerializerSchemaCompatibility's methods ("compatibleAsIs"); empty where they could not be told.
  std::vector<std::string> answers;
};

/// Something that the analysis lost track of, with its place.
struct JobUnknown {
  std::string what;
  std::string reason;
  CodePlace place;
};

/// The job that an application's main method builds, read from bytecode without running it, as Flink of one release
/// sees it.
struct JobModel {
  std::string entry_class;
  std::vector<JobOperator> operators;  ///< In the order of their creation.
  SerializationSettings serialization;
  JobValue<std::int32_t> default_parallelism;
  JobValue<std::int32_t> default_max_parallelism;
  bool chaining = true;            ///< False after disableOperatorChaining().
  bool uses_table_api = false;     ///< Then there are operators that only the planner knows.
  std::string incomplete_because;  ///< Why the job may have operators that are not listed; empty where it has none.
  std::vector<JobUnknown> unknowns;
  ClassShapes shapes;
  std::map<std::string, TypeExpression> made_types;  ///< What a TypeInfoFactory of the application makes, by its name.
  std::map<std::string, OwnSerializer> own_serializers;  ///< By binary name of the TypeSerializer.
};

}  // namespace preflight
