package io.linewright.kit.autoconfigure;

import io.linewright.kit.problem.ProblemWriter;
import io.linewright.kit.problem.Problems;
import io.linewright.kit.security.AdminReads;
import io.linewright.kit.security.OperatorRights;
import io.linewright.kit.security.ResourceServer;
import io.linewright.kit.security.SecuritySettings;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.web.SecurityFilterChain;
import tools.jackson.databind.json.JsonMapper;

/** Problem details, and security by default, for services that speak HTTP. */
@AutoConfiguration(
    afterName = "org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration",
    beforeName = {
      "org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration",
      "org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration",
      "org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration",
      "org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration",
      "org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerAutoConfiguration",
      "org.springframework.boot.security.oauth2.server.resource.autoconfigure.web.OAuth2ResourceServerWebSecurityAutoConfiguration"
    })
@ConditionalOnWebApplication(type = Type.SERVLET)
@EnableConfigurationProperties(SecuritySettings.class)
class HttpAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean
  ProblemWriter problemWriter(JsonMapper json) {
    return new ProblemWriter(json);
  }

  @Bean
  @ConditionalOnMissingBean
  Problems problems() {
    return new Problems();
  }

  @Bean
  SharedApiDescription sharedApiDescription() {
    return new SharedApiDescription();
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnMissingBean(SecurityFilterChain.class)
  @EnableWebSecurity
  static class SecurityDefaults {

    @Bean
    @ConditionalOnMissingBean
    JwtDecoder jwtDecoder(SecuritySettings settings) {
      return ResourceServer.decoder(settings);
    }

    @Bean
    SecurityFilterChain serviceSecurity(
        HttpSecurity http,
        ProblemWriter problems,
        ObjectProvider<OperatorRights> operators,
        ObjectProvider<AdminReads> admins) {
      return ResourceServer.chain(
          http,
          problems,
          operators.getIfAvailable(() -> OperatorRights.NONE),
          admins.getIfAvailable(() -> AdminReads.NONE));
    }
  }
}
