package io.linewright.oee.app.document;

import io.linewright.oee.masterdata.form.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** JSON as nodes without lines, and nodes as maps, lists and texts. */
public final class JsonNodes {

  private JsonNodes() {}

  /** Numbers and truth values become texts. */
  public static Node of(JsonNode json) {
    if (json.isObject()) {
      List<Node.Field> fields = new ArrayList<>();
      json.properties()
          .forEach(entry -> fields.add(new Node.Field(entry.getKey(), 0, of(entry.getValue()))));
      return new Node.Fields(0, fields);
    }
    if (json.isArray()) {
      List<Node> items = new ArrayList<>();
      json.forEach(item -> items.add(of(item)));
      return new Node.Items(0, items);
    }
    if (json.isNumber()) {
      return new Node.Text(0, json.decimalValue().toPlainString());
    }
    return json.isNull() ? new Node.Nothing(0) : new Node.Text(0, json.asString());
  }

  /** A node as what serializers take: maps in the order of the fields, lists, texts, null. */
  public static @Nullable Object plain(Node node) {
    return switch (node) {
      case Node.Text text -> text.text();
      case Node.Nothing nothing -> null;
      case Node.Items list -> list(list);
      case Node.Fields fields -> map(fields);
    };
  }

  /** The same of a mapping. */
  public static Map<String, Object> map(Node.Fields fields) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (Node.Field field : fields.fields()) {
      Object value = plain(field.value());
      if (value != null) {
        map.put(field.name(), value);
      }
    }
    return map;
  }

  private static List<Object> list(Node.Items items) {
    List<Object> list = new ArrayList<>();
    for (Node item : items.items()) {
      Object value = plain(item);
      if (value != null) {
        list.add(value);
      }
    }
    return list;
  }
}
