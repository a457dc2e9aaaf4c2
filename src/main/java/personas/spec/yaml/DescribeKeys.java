package personas.spec.yaml;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import personas.describe.DescribedColumn;
import personas.describe.DescribedType;
import personas.feature.Feature;
import personas.spec.InputSpec;

/** Reads the key {@code describe}: columns, as names or as maps with a name and a type. */
final class DescribeKeys {
  private DescribeKeys() {}

  /**
   * Returns the columns in the order of the spec.
   *
   * @param input the input, which defines the id and, if users are aggregated from events, the
   *     measures
   */
  static List<DescribedColumn> columns(SpecNode node, InputSpec input, List<Feature> features) {
    List<DescribedColumn> columns = new ArrayList<>();
    Set<String> names = new HashSet<>();
    List<SpecNode> elements = node.elements();
    if (elements.size() > DescribedColumn.MAX_COLUMNS) {
      node.addMistake(elements.size() + " columns are not in 0.." + DescribedColumn.MAX_COLUMNS);
    }
    for (SpecNode element : elements) {
      SpecNode name = element;
      DescribedType type = null;
      if (element.isMap()) {
        Map<String, SpecNode> keys = element.keys("name", "type");
        name = keys.get("name");
        type = keys.get("type").oneOfOrAuto(List.of(DescribedType.values()));
      }
      String column = name.requiredColumn();
      if (!column.isEmpty() && !names.add(column)) {
        name.addMistake("'" + column + "' occurs twice");
      } else if (column.equals(input.id())) {
        name.addMistake("'" + column + "' is the id, which differs for all users");
      } else if (features.stream().anyMatch(feature -> feature.column().equals(column))) {
        name.addMistake("'" + column + "' is a feature, which the report describes already");
      } else if (input.aggregate() != null) {
        AggregateKeys.checkIsMeasure(column, input.aggregate().names(), name);
      }
      if (!column.isEmpty()) {
        columns.add(new DescribedColumn(column, type));
      }
    }
    return columns;
  }
}
