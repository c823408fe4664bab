package io.linewright.testkit.infrastructure;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A test that needs {@link Database#named()}; without it, it is skipped and says why. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(OnNamedDatabase.Condition.class)
public @interface OnNamedDatabase {

  /** Looks for the database. */
  final class Condition implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      return Database.named()
          .map(found -> ConditionEvaluationResult.enabled("on " + found))
          .orElseGet(() -> ConditionEvaluationResult.disabled(Database.whyNoneIsNamed()));
    }
  }
}
