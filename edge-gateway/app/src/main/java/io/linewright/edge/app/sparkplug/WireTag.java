package io.linewright.edge.app.sparkplug;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;

/** Tags of protobuf fields, checked: a field in the wrong wire type is a broken payload. */
final class WireTag {

  static int field(int tag) {
    return WireFormat.getTagFieldNumber(tag);
  }

  static void require(int tag, int wireType) throws SparkplugFormatException {
    if (WireFormat.getTagWireType(tag) != wireType) {
      throw new SparkplugFormatException(
          "field %d has wire type %d instead of %d"
              .formatted(field(tag), WireFormat.getTagWireType(tag), wireType));
    }
  }

  static long varint(CodedInputStream in, int tag) throws IOException, SparkplugFormatException {
    require(tag, WireFormat.WIRETYPE_VARINT);
    return in.readUInt64();
  }

  static String string(CodedInputStream in, int tag) throws IOException, SparkplugFormatException {
    require(tag, WireFormat.WIRETYPE_LENGTH_DELIMITED);
    return in.readStringRequireUtf8();
  }

  /**
   * Skips a field that we do not need. Groups are refused: the definition has none, and a reader
   * that follows them calls itself for each level.
   */
  static void skip(CodedInputStream in, int tag) throws IOException, SparkplugFormatException {
    int type = WireFormat.getTagWireType(tag);
    if (type == WireFormat.WIRETYPE_START_GROUP || type == WireFormat.WIRETYPE_END_GROUP) {
      throw new SparkplugFormatException("field %d is a group".formatted(field(tag)));
    }
    in.skipField(tag);
  }

  private WireTag() {}
}
