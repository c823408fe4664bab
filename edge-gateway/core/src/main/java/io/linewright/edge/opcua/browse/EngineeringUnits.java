package io.linewright.edge.opcua.browse;

import io.linewright.model.unit.UcumUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * OPC UA's EUInformation as UCUM. Units of UN/CEFACT are known by their common code (UNECE
 * Recommendation 20), which the unit id carries as big-endian ASCII (OPC UA part 8, clause
 * 5.6.4.3); others by what people write.
 */
public final class EngineeringUnits {

  /** Namespace of the unit ids of UN/CEFACT. */
  public static final String UNECE = "http://www.opcfoundation.org/UA/units/un/cefact";

  /** Common code and UCUM code, by kind of quantity. */
  private static final String BY_CODE =
      """
      C62 1 EA 1 H87 1 P1 % 59 [ppm] 61 [ppb] 2N dB
      CEL Cel KEL K FAH [degF]
      MTR m DMT dm CMT cm MMT mm 4H um C45 nm KMT km INH [in_i] FOT [ft_i] YRD [yd_i]
      MTK m2 CMK cm2 MMK mm2
      MTQ m3 DMQ dm3 CMQ cm3 MMQ mm3 LTR L MLT mL HLT hL
      SEC s C26 ms B98 us C47 ns MIN min HUR h DAY d WEE wk
      KGM kg GRM g MGM mg MC ug TNE t LBR [lb_av]
      NEW N B47 kN B73 MN C20 mN NU N.m B48 kN.m D83 mN.m
      PAL Pa KPA kPa MPA MPa A97 hPa BAR bar MBR mbar PS [psi] ATM atm
      MTS m/s C16 mm/s 2M cm/s KMH km/h 2X m/min MSK m/s2 C40 mrad/s 2A rad/s
      RPM /min RPS /s HTZ Hz KHZ kHz MHZ MHz A86 GHz
      DD deg C81 rad C25 mrad
      AMP A 4K mA B84 uA VLT V 2Z mV KVT kV OHM Ohm B49 kOhm B75 MOhm SIE S FAR F 4O uF C10 mF
      WTT W KWT kW MAW MW C31 mW D46 V.A KVA kV.A MVA MV.A
      JOU J KJO kJ 3B MJ WHR W.h KWH kW.h MWH MW.h GWH GW.h
      MQH m3/h MQS m3/s LF2 L/min L2 L/min E32 L/h G51 L/s KGS kg/s E93 kg/h F29 kg/min
      KMQ kg/m3 GL g/L M1 mg/L 23 g/cm3 GP mg/m3
      D33 T T9 Ohm LUX lx LUM lm CDL cd C34 mol
      """;

  private static final String BY_NAME =
      """
      °C Cel ℃ Cel degC Cel C Cel °F [degF] ° deg
      rpm /min 1/min /min U/min /min r/min /min rev/min /min min-1 /min min⁻¹ /min 1/s /s
      kWh kW.h Wh W.h MWh MW.h Ah A.h kVA kV.A VA V.A Nm N.m kNm kN.m µm um μm um Ω Ohm
      m³ m3 m² m2 mm² mm2 m³/h m3/h m³/s m3/s m/s² m/s2 l L l/min L/min l/h L/h l/s L/s
      pcs 1 pieces 1 Stk 1 sec s hr h ppm [ppm] psi [psi]
      """;

  private static final Map<String, String> CODES = table(BY_CODE);
  private static final Map<String, String> NAMES = table(BY_NAME);

  private static Map<String, String> table(String text) {
    Map<String, String> table = new HashMap<>();
    String[] words = text.strip().split("\\s+");
    for (int i = 0; i + 1 < words.length; i += 2) {
      table.put(words[i], words[i + 1]);
    }
    return Map.copyOf(table);
  }

  /** Common codes that are known, for the documentation and tests. */
  static Map<String, String> codes() {
    return CODES;
  }

  /** What people write, likewise. */
  static Map<String, String> names() {
    return NAMES;
  }

  /**
   * The UCUM unit of an EUInformation.
   *
   * @param namespaceUri whose unit id it is
   * @param unitId number of the unit
   * @param displayName what people read
   * @return empty if neither the number nor the name is known
   */
  public static Optional<UcumUnit> toUcum(String namespaceUri, int unitId, String displayName) {
    if (namespaceUri.equals(UNECE)) {
      String known = CODES.get(commonCode(unitId));
      if (known != null) {
        return Optional.of(UcumUnit.parse(known));
      }
    }
    return byName(displayName.strip());
  }

  /**
   * The common code in a unit id: up to four characters, the last in the lowest byte; 4408652 is
   * {@code CEL}.
   */
  public static String commonCode(int unitId) {
    StringBuilder code = new StringBuilder(4);
    for (int shift = 24; shift >= 0; shift -= 8) {
      char c = (char) (unitId >>> shift & 0xFF);
      if (c != 0) {
        code.append(c);
      }
    }
    return code.toString();
  }

  private static Optional<UcumUnit> byName(String name) {
    String known = NAMES.get(name);
    if (known != null) {
      return Optional.of(UcumUnit.parse(known));
    }
    try {
      return name.isEmpty() ? Optional.empty() : Optional.of(UcumUnit.parse(name));
    } catch (IllegalArgumentException notUcum) {
      return Optional.empty();
    }
  }

  private EngineeringUnits() {}
}
