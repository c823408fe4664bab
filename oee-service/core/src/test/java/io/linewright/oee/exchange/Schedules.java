package io.linewright.oee.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.oee.document.DocNode;
import io.linewright.oee.document.DocReading;
import io.linewright.oee.document.XmlReader;
import io.linewright.oee.exchange.ScheduleDocument.Reading;
import java.util.ArrayList;
import java.util.List;

/** A schedule as a planning system sends it, and ways to change it. */
public final class Schedules {

  /** When the messages of tests were sent, microseconds since 1970-01-01T00:00:00Z. */
  public static final long SENT = 1_774_000_000_000_000L;

  /** The same document is {@link #JSON}. */
  static final String XML =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <ProcessOperationsSchedule xmlns="http://www.mesa.org/xml/B2MML" releaseID="7.01">
        <ApplicationArea>
          <Sender><LogicalID>ERP-100</LogicalID></Sender>
          <CreationDateTime>2026-03-20T08:00:00.5+01:00</CreationDateTime>
          <BODID>bod-1</BODID>
        </ApplicationArea>
        <DataArea>
          <Process acknowledgeCode="Always"/>
          <OperationsSchedule>
            <ID>WEEK-13</ID>
            <Version>2</Version>
            <OperationsRequest>
              <ID>PO-1</ID>
              <Description languageID="de">Bügel, vorn</Description>
              <StartTime>2026-03-23T06:00:00+01:00</StartTime>
              <EndTime>2026-03-27T22:00:00+01:00</EndTime>
              <HierarchyScope>
                <EquipmentID>GRAZ</EquipmentID>
                <EquipmentLevel>Site</EquipmentLevel>
                <HierarchyScopeChild>
                  <EquipmentID>BODY</EquipmentID>
                  <EquipmentLevel>Area</EquipmentLevel>
                </HierarchyScopeChild>
              </HierarchyScope>
              <OperationsType>Production</OperationsType>
              <Priority>5</Priority>
              <RequestState>Released</RequestState>
              <SegmentRequirement>
                <ID>10</ID>
                <ProcessSegmentID>PRESS</ProcessSegmentID>
                <OperationsDefinitionID>OD-100</OperationsDefinitionID>
                <OperationsSegmentID>OS-10</OperationsSegmentID>
                <EquipmentRequirement>
                  <ID>1</ID>
                  <EquipmentID>line-1/press-01</EquipmentID>
                </EquipmentRequirement>
                <MaterialRequirement>
                  <ID>1</ID>
                  <MaterialDefinitionID>COIL</MaterialDefinitionID>
                  <MaterialUse>Consumed</MaterialUse>
                  <Quantity><QuantityString>120</QuantityString><UnitOfMeasure>kg</UnitOfMeasure></Quantity>
                </MaterialRequirement>
                <MaterialRequirement>
                  <ID>2</ID>
                  <MaterialDefinitionID>P-100</MaterialDefinitionID>
                  <MaterialLotID>L-7</MaterialLotID>
                  <MaterialUse>Produced</MaterialUse>
                  <Quantity><QuantityString>1500</QuantityString><UnitOfMeasure>PCE</UnitOfMeasure></Quantity>
                </MaterialRequirement>
              </SegmentRequirement>
            </OperationsRequest>
            <OperationsRequest>
              <ID>PO-2</ID>
              <RequestState OtherValue="Frozen">Other</RequestState>
              <SegmentRequirement>
                <ID>10</ID>
                <EarliestStartTime>2026-03-24T05:00:00Z</EarliestStartTime>
                <LatestEndTime>2026-03-24T13:00:00Z</LatestEndTime>
                <ProcessSegmentID>PRESS</ProcessSegmentID>
                <OperationsDefinitionID>OD-200</OperationsDefinitionID>
                <OperationsSegmentID>OS-10</OperationsSegmentID>
                <MaterialRequirement>
                  <ID>1</ID>
                  <MaterialUse>Yield Produced</MaterialUse>
                  <Quantity><QuantityString>1</QuantityString></Quantity>
                </MaterialRequirement>
              </SegmentRequirement>
            </OperationsRequest>
          </OperationsSchedule>
        </DataArea>
      </ProcessOperationsSchedule>
      """;

  /** The same document is {@link #XML}. */
  static final String JSON =
      """
      {"ProcessOperationsSchedule": {
        "DataArea": {
          "OperationsSchedule": [{
            "OperationsRequest": [
              {"ID": "PO-1", "Priority": 5, "RequestState": "Released", "OperationsType": "Production",
               "Description": [{"@languageID": "de", "$": "Bügel, vorn"}],
               "StartTime": "2026-03-23T06:00:00+01:00", "EndTime": "2026-03-27T22:00:00+01:00",
               "HierarchyScope": {"EquipmentID": "GRAZ", "EquipmentLevel": "Site",
                 "HierarchyScopeChild": {"EquipmentLevel": "Area", "EquipmentID": "BODY"}},
               "SegmentRequirement": [{
                 "ID": "10", "ProcessSegmentID": "PRESS",
                 "OperationsDefinitionID": "OD-100", "OperationsSegmentID": "OS-10",
                 "EquipmentRequirement": [{"ID": 1, "EquipmentID": ["line-1/press-01"]}],
                 "MaterialRequirement": [
                   {"ID": 1, "MaterialDefinitionID": ["COIL"], "MaterialUse": "Consumed",
                    "Quantity": [{"QuantityString": 120, "UnitOfMeasure": "kg"}]},
                   {"ID": "2", "MaterialUse": {"$": "Produced"}, "MaterialDefinitionID": ["P-100"],
                    "MaterialLotID": "L-7",
                    "Quantity": {"UnitOfMeasure": "PCE", "QuantityString": "1500"}}]}]},
              {"ID": "PO-2", "RequestState": {"$": "Other", "@OtherValue": "Frozen"},
               "SegmentRequirement": {
                 "ID": "10", "ProcessSegmentID": "PRESS",
                 "OperationsDefinitionID": "OD-200", "OperationsSegmentID": "OS-10",
                 "EarliestStartTime": "2026-03-24T05:00:00Z", "LatestEndTime": "2026-03-24T13:00:00Z",
                 "MaterialRequirement": [
                   {"ID": 1, "MaterialUse": "Yield Produced", "Quantity": [{"QuantityString": "1"}]}]}}],
            "Version": "2", "ID": "WEEK-13"}],
          "Process": {"@acknowledgeCode": "Always"}},
        "ApplicationArea": {
          "CreationDateTime": "2026-03-20T08:00:00.5+01:00", "BODID": "bod-1",
          "Sender": {"LogicalID": "ERP-100"}},
        "@releaseID": "7.01"}}
      """;

  private Schedules() {}

  static DocNode xml(String xml) {
    DocReading reading = XmlReader.read(xml.getBytes(UTF_8));
    assertThat(reading).isInstanceOf(DocReading.Whole.class);
    return ((DocReading.Whole) reading).root();
  }

  static ScheduleDocument understood(DocNode root) {
    Reading reading = ScheduleReader.read(root, null, SENT);
    assertThat(reading).isInstanceOf(Reading.Understood.class);
    return ((Reading.Understood) reading).document();
  }

  static Reading.Refused refused(DocNode root) {
    Reading reading = ScheduleReader.read(root, null, SENT);
    assertThat(reading).isInstanceOf(Reading.Refused.class);
    return (Reading.Refused) reading;
  }

  /** Without the elements, or the attribute, of a path; numbers in it count from 1. */
  static DocNode without(DocNode root, String path) {
    return changed(root, path.split("/"), 2, null);
  }

  /** With that text in the element of a path. */
  static DocNode with(DocNode root, String path, String text) {
    return changed(root, path.split("/"), 2, text);
  }

  private static DocNode changed(DocNode node, String[] path, int step, String text) {
    if (step == path.length) {
      return new DocNode(node.name(), node.attributes(), text, node.children());
    }
    if (path[step].startsWith("@")) {
      var attributes = new java.util.TreeMap<>(node.attributes());
      if (text == null) {
        assertThat(attributes.remove(path[step].substring(1))).isNotNull();
      } else {
        attributes.put(path[step].substring(1), text);
      }
      return new DocNode(node.name(), attributes, node.text(), node.children());
    }
    String[] parts = path[step].split("[\\[\\]]");
    int wanted = parts.length > 1 ? Integer.parseInt(parts[1]) : 1;
    int seen = 0;
    boolean found = false;
    List<DocNode> children = new ArrayList<>();
    for (DocNode child : node.children()) {
      boolean here = child.name().equals(parts[0]) && ++seen == wanted;
      found |= here;
      if (!here) {
        children.add(child);
      } else if (step + 1 < path.length || text != null) {
        children.add(changed(child, path, step + 1, text));
      }
    }
    assertThat(found).as("%s of %s", path[step], String.join("/", path)).isTrue();
    return new DocNode(node.name(), node.attributes(), node.text(), children);
  }

  /** With that element more in the one of a path. */
  static DocNode adding(DocNode root, String path, DocNode more) {
    return adding(root, path.split("/"), 2, more);
  }

  private static DocNode adding(DocNode node, String[] path, int step, DocNode more) {
    List<DocNode> children = new ArrayList<>();
    int seen = 0;
    String[] parts = step == path.length ? new String[] {""} : path[step].split("[\\[\\]]");
    for (DocNode child : node.children()) {
      boolean here =
          child.name().equals(parts[0])
              && ++seen == (parts.length > 1 ? Integer.parseInt(parts[1]) : 1);
      children.add(here ? adding(child, path, step + 1, more) : child);
    }
    if (step == path.length) {
      children.add(more);
    }
    return new DocNode(node.name(), node.attributes(), node.text(), children);
  }
}
