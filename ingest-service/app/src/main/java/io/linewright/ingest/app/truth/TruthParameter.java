package io.linewright.ingest.app.truth;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.Parameters;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Documents the parameter that {@link Truth} reads. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Parameters({
  @Parameter(
      name = "truth",
      in = ParameterIn.QUERY,
      description = "effective: with all corrections; raw: values as they were stored",
      schema =
          @Schema(
              type = "string",
              allowableValues = {"effective", "raw"},
              defaultValue = "effective"))
})
public @interface TruthParameter {}
