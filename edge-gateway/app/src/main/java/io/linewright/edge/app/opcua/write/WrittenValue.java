package io.linewright.edge.app.opcua.write;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ubyte;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ulong;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ushort;

import io.linewright.edge.opcua.ValuePath;
import io.linewright.edge.opcua.write.Fitted;
import io.linewright.edge.opcua.write.UaType;
import java.lang.reflect.Array;
import java.math.BigInteger;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.structured.WriteValue;
import org.jspecify.annotations.Nullable;

/** Fitted values as Milo's objects, and what is sent of them. */
final class WrittenValue {

  /** The object that the server shall hold. */
  static Object object(Fitted fitted, UaType type) {
    return switch (fitted) {
      case Fitted.Truth(boolean on) -> on;
      case Fitted.Whole(BigInteger number) -> whole(number, type);
      case Fitted.Single(float number) -> number;
      case Fitted.Real(double number) -> number;
      case Fitted.Text(String text) -> text;
      case Fitted.Bytes(byte[] bytes) -> ByteString.of(bytes);
      case Fitted.Time(long ticks) -> new DateTime(ticks);
      case Fitted.Refused(String reason) -> throw new IllegalArgumentException(reason);
    };
  }

  private static Object whole(BigInteger number, UaType type) {
    return switch (type) {
      case SBYTE -> number.byteValueExact();
      case BYTE -> ubyte(number.intValueExact());
      case INT16 -> number.shortValueExact();
      case UINT16 -> ushort(number.intValueExact());
      case INT32 -> number.intValueExact();
      case UINT32 -> uint(number.longValueExact());
      case INT64 -> number.longValueExact();
      case UINT64 -> ulong(number);
      default -> throw new IllegalArgumentException("no integer type: " + type);
    };
  }

  /**
   * What is sent: the value alone, because servers refuse writes of status and time; of an array
   * one element only (index range, part 4, clause 7.27).
   *
   * @param element which element; null: the node holds no array
   */
  static WriteValue of(NodeId node, ValuePath.@Nullable Index element, Object object) {
    Object sent = object;
    if (element != null) {
      sent = Array.newInstance(object.getClass(), 1);
      Array.set(sent, 0, object);
    }
    return new WriteValue(
        node,
        AttributeId.Value.uid(),
        element == null ? null : Integer.toString(element.at()),
        DataValue.valueOnly(new Variant(sent)));
  }

  private WrittenValue() {}
}
