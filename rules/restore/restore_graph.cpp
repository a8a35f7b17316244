#include "restore/restore_graph.h"

#include "restore/restore_prediction.h"

namespace preflight {
namespace {

std::string simple_name(const std::string& class_name) {
  return class_name.substr(class_name.find_last_of(".$") + 1);
}

RestoreGraphNode node_of(const JobOperator& op) {
  RestoreGraphNode node{.title = op.call, .detail = op.call};
  if (op.uid.known())
    node.title = op.uid.values.front();
  else if (op.name.known())
    node.title = op.name.values.front();
  if (!op.function_class.empty())
    node.detail += " " + simple_name(op.function_class);
  return node;
}

RestoreGraphNode node_of(const OperatorPrediction& op) {
  return {.title = op.uid.value_or(op.name.value_or(op.id.hex())), .detail = "in the savepoint alone"};
}

}  // namespace

RestoreGraph graph_of(const JobModel& job, const std::vector<OperatorPrediction>& operators) {
  RestoreGraph graph;
  for (std::uint32_t i = 0; i < job.operators.size(); ++i) {
    graph.nodes.push_back(node_of(job.operators[i]));
    for (const JobEdge& input : job.operators[i].inputs)
      graph.edges.push_back({.from = input.from, .to = i});
  }
  for (std::size_t i = 0; i < operators.size(); ++i) {
    if (!operators[i].job_operator)
      graph.nodes.push_back(node_of(operators[i]));
    const std::size_t node = operators[i].job_operator.value_or(graph.nodes.size() - 1);
    graph.nodes[node].prediction = i;
  }
  return graph;
}

}  // namespace preflight
