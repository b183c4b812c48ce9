package org.gatehouse.provider;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.gatehouse.matrix.event.EventDraft;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.identifier.UserId;
import org.gatehouse.provider.appservice.AppService;
import org.gatehouse.provider.appservice.AppServices;
import org.gatehouse.provider.appservice.Namespace;
import org.gatehouse.provider.authoring.EventSigner;
import org.gatehouse.provider.authoring.EventTemplates;
import org.gatehouse.provider.authoring.FakeRoad;
import org.gatehouse.provider.authoring.RoomLog;
import org.gatehouse.provider.authoring.Verdicts;
import org.gatehouse.provider.authoring.Wishes;
import org.gatehouse.provider.delivery.InMemoryDelivery;
import org.gatehouse.provider.delivery.Listeners;
import org.gatehouse.provider.delivery.Memberships;
import org.gatehouse.provider.delivery.RoomStates;
import org.gatehouse.provider.delivery.Timelines;
import org.gatehouse.provider.delivery.Watermarks;
import org.gatehouse.provider.hosteduser.HostedUser;
import org.gatehouse.provider.hosteduser.HostedUsers;
import org.gatehouse.provider.hosteduser.Session;
import org.gatehouse.provider.hosteduser.Sessions;
import org.gatehouse.provider.hosteduser.TokenHash;

/** The service without Kafka, Cassandra and the other services: the client door over ports in memory. */
@ApplicationScoped
class InMemoryPorts {

    @Produces
    @Singleton
    AppServices appServices() {
        return new AppServices(List.of(new AppService(
                "irc",
                Optional.<URI>empty(),
                new AppService.Secret("as-secret"),
                new AppService.Secret("hs-secret"),
                new UserId("@ircbot:one.example"),
                new ServerName("one.example"),
                false,
                List.of(new Namespace(true, Pattern.compile("@_irc_.*:one\\.example"))),
                List.of(),
                List.of())));
    }

    @Produces
    @Singleton
    InMemoryDelivery delivery(AppServices appServices) {
        return new InMemoryDelivery(0, appServices);
    }

    @Produces
    @Singleton
    @Typed(FakeRoad.class)
    FakeRoad road(InMemoryDelivery delivery, Clock clock) {
        return new FakeRoad(delivery::deliver, clock);
    }

    @Produces
    @Singleton
    RoomLog log(FakeRoad road) {
        return road::append;
    }

    @Produces
    @Singleton
    Verdicts verdicts(FakeRoad road) {
        return road::after;
    }

    @Produces
    @Singleton
    Wishes wishes(FakeRoad road) {
        return road::publish;
    }

    @Produces
    @Singleton
    EventTemplates templates(FakeRoad road) {
        return road::template;
    }

    @Produces
    @Singleton
    EventSigner signer() {
        return new EventSigner() {
            private final TestSigner signer = new TestSigner();

            @Override
            public Pdu sign(EventDraft draft) {
                return signer.sign(draft);
            }
        };
    }

    @Produces
    @Singleton
    Memberships memberships(InMemoryDelivery delivery) {
        return delivery.memberships;
    }

    @Produces
    @Singleton
    Timelines timelines(InMemoryDelivery delivery) {
        return delivery.timelines;
    }

    @Produces
    @Singleton
    RoomStates states(InMemoryDelivery delivery) {
        return delivery.states;
    }

    @Produces
    @Singleton
    Watermarks watermarks(InMemoryDelivery delivery) {
        return delivery.watermarks;
    }

    @Produces
    @Singleton
    Listeners listeners(InMemoryDelivery delivery) {
        return delivery.listeners;
    }

    @Produces
    @Singleton
    HostedUsers users() {
        return new HostedUsers() {
            private final Map<UserId, HostedUser> rows = new HashMap<>();

            @Override
            public synchronized boolean register(HostedUser user) {
                return rows.putIfAbsent(user.userId(), user) == null;
            }

            @Override
            public synchronized Optional<HostedUser> find(UserId userId) {
                return Optional.ofNullable(rows.get(userId));
            }
        };
    }

    @Produces
    @Singleton
    Sessions sessions() {
        return new Sessions() {
            private final Map<TokenHash, Session> rows = new HashMap<>();

            @Override
            public synchronized void open(Session session, TokenHash token, String displayName) {
                rows.values().remove(session);
                rows.put(token, session);
            }

            @Override
            public synchronized Optional<Session> find(TokenHash token) {
                return Optional.ofNullable(rows.get(token));
            }

            @Override
            public synchronized void close(Session session, TokenHash token) {
                rows.remove(token);
            }

            @Override
            public synchronized void closeAll(UserId userId) {
                rows.values().removeIf(session -> session.userId().equals(userId));
            }
        };
    }
}
