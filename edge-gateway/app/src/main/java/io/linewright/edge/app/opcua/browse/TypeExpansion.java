package io.linewright.edge.app.opcua.browse;

import io.linewright.edge.opcua.ValuePath;
import io.linewright.model.sample.DataType;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.milo.opcua.sdk.core.typetree.DataTypeTree;
import org.eclipse.milo.opcua.stack.core.OpcUaDataType;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.Matrix;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.structured.StructureDefinition;
import org.eclipse.milo.opcua.stack.core.types.structured.StructureField;
import org.jspecify.annotations.Nullable;

/** Which tags a variable of some data type becomes: one, or one per element and field. */
final class TypeExpansion {

  /** Elements of an array that are proposed; more are mentioned. */
  static final int MAX_ELEMENTS = 16;

  private static final int MAX_PARTS = 256;
  private static final int MAX_DEPTH = 4;

  /** A part of a value with the type that holds it. */
  record Leaf(ValuePath part, DataType type, String remark) {}

  private final DataTypeTree types;

  TypeExpansion(DataTypeTree types) {
    this.types = types;
  }

  /**
   * The parts that can be tags; empty if nothing of it can.
   *
   * @param dataType the variable's DataType
   * @param valueRank its ValueRank: −1 scalar, 1 array, 2 matrix …
   * @param value its present value; null: none
   */
  List<Leaf> expand(NodeId dataType, int valueRank, @Nullable Object value) {
    List<Leaf> leaves = new ArrayList<>();
    expand(new Shape(dataType, value), valueRank, List.of(), leaves);
    return leaves;
  }

  private record Shape(NodeId dataType, @Nullable Object value) {}

  private void expand(Shape shape, int rank, List<ValuePath.Step> path, List<Leaf> leaves) {
    if (leaves.size() >= MAX_PARTS || path.size() > MAX_DEPTH) {
      return;
    }
    Object value = shape.value instanceof Matrix matrix ? matrix.nestedArrayValue() : shape.value;
    boolean array = rank > 0 || value != null && value.getClass().isArray();
    if (!array) {
      scalar(shape, path, leaves);
      return;
    }
    if (value == null || !value.getClass().isArray()) {
      return; // without a value nobody knows how long it is
    }
    int length = Array.getLength(value);
    for (int i = 0; i < Math.min(length, MAX_ELEMENTS); i++) {
      int before = leaves.size();
      expand(
          new Shape(shape.dataType, Array.get(value, i)),
          rank - 1,
          step(path, new ValuePath.Index(i)),
          leaves);
      if (i == 0 && length > MAX_ELEMENTS && leaves.size() > before) {
        Leaf first = leaves.get(before);
        String remark = length + " elements, the first " + MAX_ELEMENTS + " are listed";
        leaves.set(before, new Leaf(first.part, first.type, remark));
      }
    }
  }

  private void scalar(Shape shape, List<ValuePath.Step> path, List<Leaf> leaves) {
    OpcUaDataType builtin = builtin(shape);
    if (builtin == OpcUaDataType.ExtensionObject) {
      structure(shape.dataType, path, leaves);
      return;
    }
    String remark = types.isEnumType(shape.dataType) ? "enumeration" : "";
    held(builtin).ifPresent(type -> leaves.add(new Leaf(new ValuePath(path), type, remark)));
  }

  /** An abstract type says nothing; then the present value does. */
  private OpcUaDataType builtin(Shape shape) {
    OpcUaDataType declared = types.getBuiltinType(shape.dataType);
    if (declared == OpcUaDataType.Variant && shape.value != null) {
      if (shape.value instanceof ExtensionObject) {
        return OpcUaDataType.ExtensionObject;
      }
      OpcUaDataType present = OpcUaDataType.fromBackingClass(shape.value.getClass());
      return present == null ? declared : present;
    }
    return declared;
  }

  private void structure(NodeId dataType, List<ValuePath.Step> path, List<Leaf> leaves) {
    var known = types.getDataType(dataType);
    if (known == null
        || !(known.getDataTypeDefinition() instanceof StructureDefinition definition)
        || definition.getFields() == null) {
      return;
    }
    for (StructureField field : definition.getFields()) {
      String name = field.getName();
      if (name == null || name.isEmpty()) {
        continue;
      }
      // The length of an array inside is not known here: the first element stands for all.
      boolean array = field.getValueRank() != null && field.getValueRank() > 0;
      List<ValuePath.Step> inner = step(path, new ValuePath.Field(name));
      int before = leaves.size();
      expand(
          new Shape(field.getDataType(), null),
          -1,
          array ? step(inner, new ValuePath.Index(0)) : inner,
          leaves);
      if (array && leaves.size() > before) {
        Leaf first = leaves.get(before);
        leaves.set(before, new Leaf(first.part, first.type, "array; its first element"));
      }
    }
  }

  private static List<ValuePath.Step> step(List<ValuePath.Step> path, ValuePath.Step next) {
    List<ValuePath.Step> longer = new ArrayList<>(path);
    longer.add(next);
    return longer;
  }

  private static Optional<DataType> held(OpcUaDataType builtin) {
    return switch (builtin) {
      case Boolean -> Optional.of(DataType.BOOLEAN);
      case SByte, Byte, Int16, UInt16, Int32, UInt32, Int64, UInt64, DateTime, StatusCode ->
          Optional.of(DataType.INTEGER);
      case Float, Double -> Optional.of(DataType.DOUBLE);
      case String, Guid, XmlElement, NodeId, ExpandedNodeId, QualifiedName, LocalizedText ->
          Optional.of(DataType.STRING);
      case ByteString -> Optional.of(DataType.BYTES);
      case ExtensionObject, DataValue, Variant, DiagnosticInfo -> Optional.empty();
    };
  }
}
