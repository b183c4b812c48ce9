package org.gatehouse.provider.authoring;

import io.smallrye.mutiny.TimeoutException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.function.Consumer;
import org.gatehouse.cluster.ReplyTo;
import org.gatehouse.cluster.VerdictReply;
import org.gatehouse.provider.door.ProviderConfig;
import org.gatehouse.runtime.internal.ServiceUnavailable;
import org.gatehouse.runtime.log.VerdictReplies;

/** Topic verdict-replies. For worker threads. */
@ApplicationScoped
class KafkaVerdicts implements Verdicts {

    private final VerdictReplies replies;
    private final Duration limit;

    KafkaVerdicts(VerdictReplies replies, ProviderConfig config) {
        this.replies = replies;
        this.limit = config.verdictTimeout();
    }

    @Override
    public VerdictReply after(Consumer<ReplyTo> publish) {
        ReplyTo address = replies.register();
        try {
            publish.accept(address);
            return replies.await(address, limit).await().indefinitely();
        } catch (TimeoutException e) {
            throw new ServiceUnavailable("state-resolution", "gave no verdict within " + limit, e);
        } finally {
            replies.forget(address);
        }
    }
}
