package io.linewright.ingest.app.answer;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.Parameters;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Documents the parameters that say how values are shown. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Parameters({
  @Parameter(
      name = "unit",
      in = ParameterIn.QUERY,
      description = "UCUM code of the unit to convert to; without it the newest unit of each tag",
      schema = @Schema(type = "string")),
  @Parameter(
      name = "places",
      in = ParameterIn.QUERY,
      description =
          "as-is: a path means the equipment that is there, or was last, with its past at other"
              + " places; as-was: the place, with whatever stood there at each time",
      schema =
          @Schema(
              type = "string",
              allowableValues = {"as-is", "as-was"},
              defaultValue = "as-is"))
})
public @interface ViewParameters {}
