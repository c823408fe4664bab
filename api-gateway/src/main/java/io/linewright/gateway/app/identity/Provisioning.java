package io.linewright.gateway.app.identity;

import io.linewright.gateway.app.audit.AuditLog;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;

/** Makes the database agree with {@link BootstrapSettings} before the first request is served. */
final class Provisioning implements SmartInitializingSingleton {

  private final BootstrapSettings bootstrap;
  private final IdentitySettings settings;
  private final PersonStore people;
  private final RegisteredClientRepository clients;
  private final ProgramRights rights;
  private final PasswordEncoder encoder;
  private final AuditLog audit;
  private final InstantSource clock;

  Provisioning(
      BootstrapSettings bootstrap,
      IdentitySettings settings,
      PersonStore people,
      RegisteredClientRepository clients,
      ProgramRights rights,
      PasswordEncoder encoder,
      AuditLog audit,
      InstantSource clock) {
    this.bootstrap = bootstrap;
    this.settings = settings;
    this.people = people;
    this.clients = clients;
    this.rights = rights;
    this.encoder = encoder;
    this.audit = audit;
    this.clock = clock;
  }

  @Override
  public void afterSingletonsInstantiated() {
    bootstrap.users().forEach(this::provision);
    bootstrap.clients().forEach(this::provision);
  }

  private void provision(BootstrapSettings.User user) {
    Set<Role> roles = roles(user.roles());
    Optional<Person> known = people.find(user.name());
    boolean samePassword =
        known.isPresent() && encoder.matches(user.password(), known.get().passwordHash());
    if (samePassword
        && known.get().roles().equals(roles)
        && Objects.equals(known.get().equipment(), user.equipment())) {
      return;
    }
    String hash = samePassword ? known.get().passwordHash() : hash(user.password());
    boolean enabled = known.map(Person::enabled).orElse(true);
    people.save(new Person(user.name(), hash, roles, user.equipment(), enabled), clock.instant());
    audit.provisioned("person " + user.name() + (known.isPresent() ? " updated" : " added"));
  }

  private void provision(BootstrapSettings.Client client) {
    Set<String> scopes = roles(client.roles()).stream().map(Role::text).collect(Collectors.toSet());
    RegisteredClient known = clients.findByClientId(client.id());
    if (known == null) {
      rights.save(client.id(), client.equipment());
      clients.save(registered(UUID.randomUUID().toString(), client, scopes, hash(client.secret())));
      audit.provisioned("program " + client.id() + " added");
      return;
    }
    String stored = Objects.requireNonNullElse(known.getClientSecret(), "");
    boolean sameSecret = encoder.matches(client.secret(), stored);
    boolean sameLifetime =
        known.getTokenSettings().getAccessTokenTimeToLive().equals(settings.accessTokenLifetime());
    boolean sameEquipment =
        Objects.equals(rights.equipment(client.id()).orElse(null), client.equipment());
    if (!sameSecret || !sameLifetime || !sameEquipment || !known.getScopes().equals(scopes)) {
      rights.save(client.id(), client.equipment());
      clients.save(
          registered(known.getId(), client, scopes, sameSecret ? stored : hash(client.secret())));
      audit.provisioned("program " + client.id() + " updated");
    }
  }

  private RegisteredClient registered(
      String id, BootstrapSettings.Client client, Set<String> scopes, String hash) {
    return RegisteredClient.withId(id)
        .clientId(client.id())
        .clientName(client.id())
        .clientSecret(hash)
        .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
        .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_POST)
        .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
        .scopes(all -> all.addAll(scopes))
        .tokenSettings(
            TokenSettings.builder().accessTokenTimeToLive(settings.accessTokenLifetime()).build())
        .build();
  }

  private String hash(String secret) {
    return Objects.requireNonNull(encoder.encode(secret), "the encoder gave no hash");
  }

  private static Set<Role> roles(Set<String> texts) {
    return texts.stream().map(Role::of).collect(Collectors.toUnmodifiableSet());
  }
}
