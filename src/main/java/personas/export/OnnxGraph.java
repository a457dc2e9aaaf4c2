package personas.export;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Builds the graph of an ONNX model: inputs, constants, nodes and outputs. A value of the graph is
 * a tensor and has a unique name. Every input and output holds one value per user.
 *
 * <p>Source: ONNX, Open Neural Network Exchange, onnx.proto3 and the operators of the default
 * operator set 20. The numbers of the fields come from onnx.proto3.
 */
final class OnnxGraph {
  /** The version of the file format that came with operator set 20. */
  private static final int IR_VERSION = 9;

  private static final int OPERATOR_SET = 20;

  /** The name of the dimension that counts users. */
  private static final String USERS = "users";

  /** The type of the elements of a tensor, with its number in a {@code TensorProto}. */
  enum ElementType {
    INT64(7),
    STRING(8),
    DOUBLE(11);

    private final int number;

    ElementType(int number) {
      this.number = number;
    }
  }

  private final ProtobufWriter graph = new ProtobufWriter();
  private final Set<String> names = new HashSet<>();

  /** The constant of each number, by the bits of the number. */
  private final Map<Long, String> numbers = new HashMap<>();

  private int values;

  /**
   * Creates an empty graph.
   *
   * @param name the name of the graph
   * @param inputs the names of all inputs; no other value gets one of these names
   */
  OnnxGraph(String name, List<String> inputs) {
    graph.text(2, name);
    names.addAll(inputs);
  }

  /** Declares an input of one value per user. */
  void input(String name, ElementType type) {
    graph.message(11, valueInfo(name, type));
  }

  /**
   * Declares an output of one value per user.
   *
   * @param wanted the name of the output; {@code _} is appended if the name is taken
   * @param value the name of the value
   */
  void output(String wanted, ElementType type, String value) {
    String name = wanted;
    while (!names.add(name)) {
      name += "_";
    }
    node("Identity", name, List.of(value), null);
    graph.message(12, valueInfo(name, type));
  }

  private static ProtobufWriter valueInfo(String name, ElementType type) {
    ProtobufWriter dimension = new ProtobufWriter();
    dimension.text(2, USERS);
    ProtobufWriter shape = new ProtobufWriter();
    shape.message(1, dimension);
    ProtobufWriter tensor = new ProtobufWriter();
    tensor.number(1, type.number);
    tensor.message(2, shape);
    ProtobufWriter valueType = new ProtobufWriter();
    valueType.message(1, tensor);
    ProtobufWriter info = new ProtobufWriter();
    info.text(1, name);
    info.message(2, valueType);
    return info;
  }

  /** Returns a constant without a dimension. */
  String number(double value) {
    return numbers.computeIfAbsent(
        Double.doubleToLongBits(value), bits -> doubles(new double[] {value}));
  }

  /** Returns a constant of the shape n × 1. */
  String column(double[] elements) {
    return doubles(elements, elements.length, 1);
  }

  private String doubles(double[] elements, long... shape) {
    ByteBuffer raw = ByteBuffer.allocate(8 * elements.length).order(ByteOrder.LITTLE_ENDIAN);
    for (double element : elements) {
      raw.putDouble(element);
    }
    ProtobufWriter tensor = tensor(ElementType.DOUBLE, shape);
    tensor.bytes(9, raw.array());
    return constant(tensor);
  }

  /**
   * Returns a constant.
   *
   * @param shape the dimensions; none for a single number
   */
  String integers(long[] elements, long... shape) {
    ByteBuffer raw = ByteBuffer.allocate(8 * elements.length).order(ByteOrder.LITTLE_ENDIAN);
    for (long element : elements) {
      raw.putLong(element);
    }
    ProtobufWriter tensor = tensor(ElementType.INT64, shape);
    tensor.bytes(9, raw.array());
    return constant(tensor);
  }

  /** Returns a constant of one dimension. */
  String texts(List<String> elements) {
    ProtobufWriter tensor = tensor(ElementType.STRING, elements.size());
    elements.forEach(element -> tensor.text(6, element));
    return constant(tensor);
  }

  private static ProtobufWriter tensor(ElementType type, long... shape) {
    ProtobufWriter tensor = new ProtobufWriter();
    for (long dimension : shape) {
      tensor.number(1, dimension);
    }
    tensor.number(2, type.number);
    return tensor;
  }

  private String constant(ProtobufWriter tensor) {
    String name = newName();
    tensor.text(8, name);
    graph.message(5, tensor);
    return name;
  }

  /** Adds a node and returns the name of the value that it computes. */
  String apply(String operator, String... inputs) {
    return node(operator, newName(), List.of(inputs), null);
  }

  /** Adds a node that computes one value per column of a matrix; returns the name of the values. */
  String applyToColumns(String operator, String... inputs) {
    return node(operator, newName(), List.of(inputs), integer("keepdims", 0));
  }

  /**
   * Adds a node that compares whole texts with an RE2 pattern; returns the name of the booleans.
   */
  String matches(String pattern, String texts) {
    return node("RegexFullMatch", newName(), List.of(texts), text("pattern", pattern));
  }

  private String node(
      String operator, String output, List<String> inputs, ProtobufWriter attribute) {
    ProtobufWriter node = new ProtobufWriter();
    inputs.forEach(input -> node.text(1, input));
    node.text(2, output);
    node.text(4, operator);
    if (attribute != null) {
      node.message(5, attribute);
    }
    graph.message(1, node);
    return output;
  }

  private static ProtobufWriter integer(String name, long value) {
    ProtobufWriter attribute = new ProtobufWriter();
    attribute.text(1, name);
    attribute.number(3, value);
    attribute.number(20, 2);
    return attribute;
  }

  private static ProtobufWriter text(String name, String value) {
    ProtobufWriter attribute = new ProtobufWriter();
    attribute.text(1, name);
    attribute.bytes(4, value.getBytes(StandardCharsets.UTF_8));
    attribute.number(20, 3);
    return attribute;
  }

  private String newName() {
    String name;
    do {
      name = "value" + values++;
    } while (!names.add(name));
    return name;
  }

  /** Returns the bytes of the model file. */
  byte[] model(String producer, String description) {
    ProtobufWriter operators = new ProtobufWriter();
    operators.text(1, "");
    operators.number(2, OPERATOR_SET);
    ProtobufWriter model = new ProtobufWriter();
    model.number(1, IR_VERSION);
    model.text(2, producer);
    model.text(6, description);
    model.message(7, graph);
    model.message(8, operators);
    return model.toByteArray();
  }
}
