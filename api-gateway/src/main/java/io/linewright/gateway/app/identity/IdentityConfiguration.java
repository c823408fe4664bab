package io.linewright.gateway.app.identity;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.linewright.gateway.app.audit.AuditLog;
import io.linewright.gateway.app.key.SigningKeys;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.security.oauth2.server.authorization.JdbcOAuth2AuthorizationConsentService;
import org.springframework.security.oauth2.server.authorization.JdbcOAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationConsentService;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.client.JdbcRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;

/** Wires people, programs and tokens. */
@Configuration(proxyBeanMethods = false)
class IdentityConfiguration {

  private static final Duration CLOCK_SKEW = Duration.ofSeconds(30);

  @Bean
  PasswordEncoder passwordEncoder() {
    int atOnce = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    return new BoundedPasswordEncoder(
        PasswordEncoderFactories.createDelegatingPasswordEncoder(), atOnce);
  }

  @Bean
  PersonStore personStore(JdbcClient jdbc) {
    return new PersonStore(jdbc);
  }

  @Bean
  UserDetailsService userDetailsService(PersonStore people) {
    return name ->
        people
            .find(name)
            .map(
                person ->
                    User.withUsername(person.name())
                        .password(person.passwordHash())
                        .disabled(!person.enabled())
                        .authorities(person.roles().stream().map(Role::authority).toList())
                        .build())
            .orElseThrow(() -> UsernameNotFoundException.fromUsername(name));
  }

  @Bean
  RegisteredClientRepository registeredClientRepository(JdbcOperations jdbc) {
    return new JdbcRegisteredClientRepository(jdbc);
  }

  @Bean
  OAuth2AuthorizationService authorizationService(
      JdbcOperations jdbc, RegisteredClientRepository clients) {
    return new JdbcOAuth2AuthorizationService(jdbc, clients);
  }

  @Bean
  OAuth2AuthorizationConsentService authorizationConsentService(
      JdbcOperations jdbc, RegisteredClientRepository clients) {
    return new JdbcOAuth2AuthorizationConsentService(jdbc, clients);
  }

  @Bean
  ExpiredAuthorizations expiredAuthorizations(JdbcClient jdbc, InstantSource clock) {
    return new ExpiredAuthorizations(jdbc, clock);
  }

  @Bean
  AuthorizationServerSettings authorizationServerSettings(IdentitySettings settings) {
    return AuthorizationServerSettings.builder().issuer(settings.issuerText()).build();
  }

  @Bean
  ProgramRights programRights(JdbcClient jdbc) {
    return new ProgramRights(jdbc);
  }

  @Bean
  AccessTokenClaims accessTokenClaims(ProgramRights rights) {
    return new AccessTokenClaims(rights);
  }

  @Bean
  JwtEncoder jwtEncoder(SigningKeys keys) {
    var encoder = new NimbusJwtEncoder(keys);
    encoder.setJwkSelector(keysNewestFirst -> keysNewestFirst.getFirst());
    return encoder;
  }

  @Bean
  JwtDecoder jwtDecoder(SigningKeys keys, IdentitySettings settings) {
    var processor = new DefaultJWTProcessor<SecurityContext>();
    processor.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType(AccessTokenClaims.TYPE)));
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.RS256, keys));
    processor.setJWTClaimsSetVerifier((claims, context) -> {});
    var decoder = new NimbusJwtDecoder(processor);
    decoder.setJwtValidator(
        new DelegatingOAuth2TokenValidator<>(
            new JwtTimestampValidator(CLOCK_SKEW),
            new JwtIssuerValidator(settings.issuerText()),
            new JwtClaimValidator<Collection<String>>(
                JwtClaimNames.AUD,
                audience -> audience != null && audience.contains(IdentitySettings.AUDIENCE))));
    return decoder;
  }

  @Bean
  PersonTokens personTokens(JwtEncoder encoder, IdentitySettings settings, InstantSource clock) {
    return new PersonTokens(encoder, settings, clock);
  }

  @Bean
  Provisioning provisioning(
      BootstrapSettings bootstrap,
      IdentitySettings settings,
      PersonStore people,
      RegisteredClientRepository clients,
      ProgramRights rights,
      PasswordEncoder encoder,
      AuditLog audit,
      InstantSource clock) {
    return new Provisioning(bootstrap, settings, people, clients, rights, encoder, audit, clock);
  }
}
