package io.linewright.mqtt;

/**
 * One thing a user may do.
 *
 * @param filter MQTT topic filter, {@code spBv1.0/#}
 * @param activity publish or subscribe
 * @param retained whether a published message may be retained; without meaning for subscriptions
 */
record TopicRule(String filter, Activity activity, boolean retained) {

  /** Direction as seen from the client. */
  enum Activity {
    PUBLISH,
    SUBSCRIBE
  }

  static TopicRule publish(String filter) {
    return new TopicRule(filter, Activity.PUBLISH, false);
  }

  static TopicRule publishRetained(String filter) {
    return new TopicRule(filter, Activity.PUBLISH, true);
  }

  static TopicRule subscribe(String filter) {
    return new TopicRule(filter, Activity.SUBSCRIBE, false);
  }
}
