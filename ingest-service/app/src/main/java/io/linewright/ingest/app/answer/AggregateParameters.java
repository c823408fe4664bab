package io.linewright.ingest.app.answer;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.Parameters;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Documents the parameters that say which values are used, and how those between are made. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Parameters({
  @Parameter(
      name = "treatUncertainAsBad",
      in = ParameterIn.QUERY,
      schema = @Schema(type = "boolean", defaultValue = "true")),
  @Parameter(
      name = "useSlopedExtrapolation",
      in = ParameterIn.QUERY,
      schema = @Schema(type = "boolean", defaultValue = "false")),
  @Parameter(
      name = "stepped",
      in = ParameterIn.QUERY,
      description = "whether values hold until the next one; default by type and role",
      schema = @Schema(type = "boolean"))
})
public @interface AggregateParameters {}
