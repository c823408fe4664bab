package io.linewright.edge.app.opcua.value;

import io.linewright.edge.app.driver.LinkException;
import io.linewright.edge.app.opcua.session.Deadlines;
import io.linewright.edge.opcua.ValuePath;
import io.linewright.model.sample.StatusCode;
import java.lang.reflect.Array;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.sdk.core.types.DynamicStructType;
import org.eclipse.milo.opcua.sdk.core.types.DynamicUnionType;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.UaStructuredType;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.Matrix;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.jspecify.annotations.Nullable;

/** Finds the part of a value that a tag shows: an element of an array, a field of a structure. */
public final class ValueParts {

  /** Decodes no structure; before there is a session. */
  public static final ValueParts WITHOUT_STRUCTURES =
      new ValueParts(
          object -> {
            throw new UaException(0x80070000L, "there is no session to read data types over");
          });

  /** OPC UA Bad_IndexRangeNoData: the array is shorter. */
  static final StatusCode BAD_INDEX_RANGE_NO_DATA = new StatusCode(0x80370000);

  /** OPC UA Bad_DecodingError. */
  static final StatusCode BAD_DECODING_ERROR = new StatusCode(0x80070000);

  /** OPC UA Bad_NoData: an optional field that is not there. */
  static final StatusCode BAD_NO_DATA = new StatusCode(0x809B0000);

  /** Reads an encoded structure by the server's data type definitions. */
  interface Decoder {
    Object decode(ExtensionObject object) throws UaException, LinkException, InterruptedException;
  }

  /** What was found. */
  public sealed interface Part {}

  /**
   * The part.
   *
   * @param value not null
   */
  public record Found(Object value) implements Part {}

  /**
   * The value has no such part.
   *
   * @param status what becomes of the tag
   * @param reason for people
   */
  public record Missing(StatusCode status, String reason) implements Part {}

  private final Decoder decoder;

  ValueParts(Decoder decoder) {
    this.decoder = decoder;
  }

  /** Decodes by the data types of a server; they are read when a structure needs them. */
  public static ValueParts over(OpcUaClient client) {
    Executor threads = task -> Thread.ofVirtual().start(task);
    return new ValueParts(
        object ->
            Deadlines.await(
                "decoding a structure",
                CompletableFuture.supplyAsync(() -> decode(client, object), threads)));
  }

  private static Object decode(OpcUaClient client, ExtensionObject object) {
    try {
      // Asks the server for definitions that are not known yet, and waits.
      return object.decode(client.getDynamicEncodingContext());
    } catch (UaException unreadable) {
      throw new java.util.concurrent.CompletionException(unreadable);
    }
  }

  /** Follows the path. */
  public Part find(Object whole, ValuePath path) throws LinkException, InterruptedException {
    if (path.whole()) {
      return new Found(whole);
    }
    Object value = whole;
    for (ValuePath.Step step : path.steps()) {
      if (value instanceof Variant variant && variant.value() != null) {
        value = variant.value();
      }
      Part part =
          switch (step) {
            case ValuePath.Index(int at) -> element(value, at);
            case ValuePath.Field(String name) -> field(value, name);
          };
      if (!(part instanceof Found(Object inner))) {
        return part;
      }
      value = inner;
    }
    return new Found(value);
  }

  private static Part element(Object value, int at) {
    Object array = value instanceof Matrix matrix ? matrix.nestedArrayValue() : value;
    if (array == null || !array.getClass().isArray()) {
      return new Missing(
          StatusCode.BAD_TYPE_MISMATCH,
          "part asks for element [" + at + "], the value is no array but " + kind(value));
    }
    if (at >= Array.getLength(array)) {
      return new Missing(
          BAD_INDEX_RANGE_NO_DATA,
          "part asks for element [" + at + "], the array has " + Array.getLength(array));
    }
    return present(Array.get(array, at), "[" + at + "]");
  }

  private Part field(Object value, String name) throws LinkException, InterruptedException {
    Object structure = value;
    if (value instanceof ExtensionObject object) {
      try {
        structure = decoder.decode(object);
      } catch (UaException unreadable) {
        return new Missing(
            BAD_DECODING_ERROR,
            "the structure cannot be decoded by the server's data type definitions ("
                + Deadlines.describe(unreadable)
                + ")");
      }
    }
    return switch (structure) {
      case DynamicStructType struct when struct.getMembers().containsKey(name) ->
          present(struct.getMembers().get(name), name);
      case DynamicStructType struct ->
          new Missing(
              StatusCode.BAD_CONFIGURATION_ERROR,
              "part asks for field "
                  + name
                  + ", the structure has "
                  + struct.getMembers().keySet());
      case DynamicUnionType union ->
          union
              .getValue()
              .filter(content -> content.fieldName().equals(name))
              .<Part>map(content -> new Found(content.fieldValue()))
              .orElseGet(
                  () -> new Missing(BAD_NO_DATA, "the union holds another field than " + name));
      case UaStructuredType standard -> byGetter(standard, name);
      default ->
          new Missing(
              StatusCode.BAD_TYPE_MISMATCH,
              "part asks for field " + name + ", the value is no structure but " + kind(structure));
    };
  }

  /** Structures of the standard itself come as Milo's classes, one getter per field. */
  private static Part byGetter(UaStructuredType structure, String name) {
    try {
      return present(structure.getClass().getMethod("get" + name).invoke(structure), name);
    } catch (ReflectiveOperationException noSuchField) {
      return new Missing(
          StatusCode.BAD_CONFIGURATION_ERROR,
          "part asks for field " + name + ", a " + kind(structure) + " has no such field");
    }
  }

  private static Part present(@Nullable Object value, String step) {
    return value == null
        ? new Missing(BAD_NO_DATA, "the value has nothing at " + step)
        : new Found(value);
  }

  private static String kind(Object value) {
    return value.getClass().getSimpleName();
  }
}
