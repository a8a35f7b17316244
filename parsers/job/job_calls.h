#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "job/job_model.h"
#include "job/language_call.h"

namespace preflight {

// What Flink's API means to one who reads a job (read_job.h), as data for one release. The rows stand in
// rules/table/job_*.json and operator_states.json, which rules/table/README.md describes. Class names are binary names.

/// What a call does to the job that the main method builds, or to the operator whose function makes it.
enum class JobCallEffect {
  environment,              ///< Gives an execution environment.
  part,                     ///< Gives a part of the environment that other calls are made on: getConfig().
  keep,                     ///< Changes nothing that the model has; a fluent one gives its receiver.
  default_parallelism,      ///< Of the environment.
  default_max_parallelism,  ///< Of the environment.
  no_chaining,              ///< disableOperatorChaining().
  source,
  operation,        ///< Makes an operator out of the streams of its receiver, or of those that it is given.
  custom_operator,  ///< Makes operators in a way that no model follows.
  sink,
  uid,
  uid_hash,
  name,
  parallelism,
  max_parallelism,
  not_parallel,  ///< forceNonParallel().
  slot_sharing_group,
  never_chain,  ///< disableChaining().
  start_chain,  ///< startNewChain().
  returns,      ///< Tells the type of the operator's results.
  key_by,
  merge,  ///< union().
  connect,
  broadcast_states,  ///< broadcast(MapStateDescriptor...).
  side_output,
  partition,  ///< JobCall::partitioner says how.
  window,     ///< Begins to describe windows; JobCall::assigner and its like are what it presets.
  trigger,
  evictor,
  join,      ///< Begins to describe a join of the receiver with the stream that it is given.
  join_key,  ///< where() and equalTo().
  pattern,   ///< CEP.pattern().
  queryable,
  time_to_live,  ///< Of a state descriptor.
  state_store,   ///< Gives what states are registered with.
  register_state,
  register_pojo,
  register_kryo,
  register_either,  ///< registerType(): as a POJO if it is one, else with Kryo.
  default_kryo_serializer,
  force_kryo,
  force_avro,
  generic_types,
  configuration,  ///< Hands over a Configuration, which may set any of these.
  table,          ///< Leads into the Table API.
};

/// Where the type of an operator's results comes from, unless the call is given a TypeInformation.
enum class JobOutput {
  none,
  input,     ///< What comes in.
  function,  ///< What TypeExtractor takes out of the function.
  produced,  ///< What the source says, or the schema that it is given.
  elements,  ///< The class of the elements that it is given.
  fields,    ///< A tuple of fields of the input, by their positions.
  fixed,     ///< JobCall::type.
  unknown,
};

struct JobCall {
  std::string owner;  ///< The class that declares it.
  std::string name;
  /// Simple name of a parameter's type, or of all of them ("long,long"), that tells it from its overloads; empty where
  /// nothing must.
  std::string with;
  JobCallEffect effect = JobCallEffect::keep;
  std::string label;  ///< Of what makes an operator: JobOperator::call.
  std::string
      operator_kind;   ///< Whose states it has: BuiltInState::operator_kind; empty where all come from functions.
  std::string aspect;  ///< What the operator is (BuiltInState::when): "reduce".
  JobOutput output = JobOutput::none;
  std::string type;  ///< The class of JobOutput::fixed.
  std::string partitioner;
  int parallelism = 0;  ///< That Flink fixes; 0 where it fixes none.
  JobChaining chaining = JobChaining::always;
  std::string assigner, window_trigger, window_evictor;  ///< Classes that a `window` call presets.
  bool keyed_by_nothing = false;                         ///< windowAll: all elements have one key, a Byte.
  std::optional<JobStateKind> state_kind;  ///< Of register_state where the store and not the descriptor decides it.
  bool by_window = false;                  ///< Of state_store and register_state: the states' namespace is the window.
  /// Of the TypeInformation that stands behind the functions, which is the accumulator's or state's: first or last; the
  /// one at the other end is that of the results. Empty where there is none.
  std::string told_accumulator = {};
  std::optional<bool> sets;  ///< Of force_kryo and its like: what it sets; nullopt: its argument.
};

/// A class or interface whose methods the application implements and Flink calls.
struct JobFunction {
  std::string class_name;
  /// What its type parameters are, in their order: input, input2, key, accumulator, output, window, other.
  std::vector<std::string> parameters;
  std::vector<std::string> methods;  ///< That Flink calls once elements come.
  bool collects = false;             ///< Hands its results to a Collector.
  std::string aspect;                ///< What its operator is for having it (BuiltInState::when): "aggregate".
  std::string operator_kind;         ///< Of states that its operator has for having it.

  /// Index among the parameters; nullopt where it has none of that meaning.
  std::optional<std::size_t> parameter(std::string_view meaning) const;
};

/// A method that Flink calls on a function before the first element; they come in the order of the calls.
struct LifecycleMethod {
  std::string name;
  std::string descriptor;
};

/// A state that an operator of Flink's registers by itself.
struct BuiltInState {
  std::string operator_kind;
  /// What the operator must be; with '!' what it must not be.
  std::vector<std::string> when;
  std::string name;  ///< "{name}-sequence-state" has the operator's name in it.
  JobStateKind kind = JobStateKind::value;
  /// Serializers as type_template.h reads them; empty for none.
  std::string value, key, name_space;
};

/// An operator that a call makes beside the one that it gives, as the committer of a sink.
struct CompanionOperator {
  std::string of;                 ///< Operator kind of the one that it comes with.
  std::vector<std::string> when;  ///< As of states.
  std::string label;
  std::string uid;            ///< "Sink Committer: {uid}", where the other has a uid; empty where it never has one.
  std::string operator_kind;  ///< Whose states it has.
  bool before = false;        ///< It feeds the other, at `input`; else the other feeds it.
  int input = 0;
  int parallelism = 0;  ///< That Flink fixes; 0: that of its input.
};

struct WindowAssigner {
  std::string class_name;
  std::string window;  ///< Class of its windows.
  bool merging = false;
};

struct WindowTrigger {
  std::string class_name;
  std::vector<std::string> states;  ///< Operator kinds of its states.
};

struct StateDescriptorClass {
  std::string class_name;
  JobStateKind kind = JobStateKind::value;
  bool asynchronous = false;
};

/// A source, a sink, a schema of Flink's or of a connector: what is known of it without its code. Interfaces that an
/// own one may implement are among them.
struct KnownConnector {
  std::string class_name;
  std::string operator_kind;         ///< Whose states its operator has, beside those of the call; empty for none.
  std::vector<std::string> aspects;  ///< "committing", "stateful-writer"
  std::string payload;               ///< The format of its states' bytes.
  std::string produces;              ///< Class of its elements; empty where its arguments tell.
  bool parallel = true;
  bool states_known = true;  ///< False where the rows do not have them all.
};

/// A field or method of Flink's that gives a TypeInformation.
struct TypeFactory {
  std::string owner;
  std::string member;
  std::string makes;                  ///< TypeExpression::made_class; empty where TypeExtractor works on its argument.
  std::string text;                   ///< Of a constant.
  bool classes_are_types = false;     ///< TypeExtractor works on its Class arguments.
  int ignores = -1;                   ///< Index of an argument that says nothing of the serializer.
  bool serializer_says_more = false;  ///< The texts of the serializer that it makes are among its own.
};

/// An option of Flink's configuration that changes what a job is read as.
struct ConfigurationOption {
  std::string owner;  ///< The class that has it as a constant, ...
  std::string field;  ///< ... and the constant's name.
  std::string key;
  JobCallEffect effect = JobCallEffect::keep;  ///< Of a call that sets the same.
};

struct JobCalls {
  std::map<std::string, std::string, std::less<>> super_classes;  ///< Of Flink's classes that calls are made on.
  std::multimap<std::string, JobCall, std::less<>> calls;         ///< By owner.
  std::vector<JobFunction> functions;
  std::vector<LifecycleMethod> lifecycle;
  std::vector<BuiltInState> states;
  std::vector<CompanionOperator> companions;
  std::map<std::string, WindowAssigner, std::less<>> assigners;
  std::map<std::string, WindowTrigger, std::less<>> triggers;
  std::vector<ConfigurationOption> options;
  std::map<std::string, StateDescriptorClass, std::less<>> descriptors;
  std::map<std::string, KnownConnector, std::less<>> connectors;
  std::multimap<std::string, TypeFactory, std::less<>> type_factories;   ///< By owner.
  std::multimap<std::string, LanguageCall, std::less<>> language_calls;  ///< By owner.

  /// The call of a method of `class_name` with this descriptor, which one of its super classes may declare. nullptr
  /// where the table has none.
  const JobCall* find_call(std::string_view class_name, std::string_view name, std::string_view descriptor) const;
  /// A call of another language's library, by the class that the call names alone.
  const LanguageCall* find_language_call(std::string_view owner, std::string_view name,
                                         std::string_view descriptor) const;
  const JobFunction* find_function(std::string_view class_name) const;
  const TypeFactory* find_type_factory(std::string_view owner, std::string_view member) const;
  /// Whether a class of Flink is `ancestor` or, by super_classes, extends it.
  bool extends(std::string_view class_name, std::string_view ancestor) const;
  /// Whether the table has calls of a class, or of a super class that it has of it.
  bool is_api_class(std::string_view class_name) const;
};

}  // namespace preflight
