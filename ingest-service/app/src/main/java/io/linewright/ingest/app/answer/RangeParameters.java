package io.linewright.ingest.app.answer;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.Parameters;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Documents the parameters of a range of time. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Parameters({
  @Parameter(
      name = "from",
      in = ParameterIn.QUERY,
      required = true,
      description = "begin, included",
      schema = @Schema(type = "string", format = "date-time")),
  @Parameter(
      name = "to",
      in = ParameterIn.QUERY,
      required = true,
      description = "end, not included",
      schema = @Schema(type = "string", format = "date-time"))
})
public @interface RangeParameters {}
