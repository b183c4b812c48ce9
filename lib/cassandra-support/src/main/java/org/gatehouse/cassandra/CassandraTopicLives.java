package org.gatehouse.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.OptionalInt;
import org.gatehouse.cluster.TopicLives;

/** In table topic_lives of the service's keyspace; written once for each topic and generation. */
@ApplicationScoped
class CassandraTopicLives implements TopicLives {

    private final CqlSession session;

    CassandraTopicLives(CqlSession session) {
        this.session = session;
    }

    @Override
    public String keep(String topic, int generation, String id) {
        Row row = session.execute(SimpleStatement.newInstance(
                        "INSERT INTO topic_lives (topic, generation, topic_id) VALUES (?, ?, ?) IF NOT EXISTS",
                        topic,
                        generation,
                        id))
                .one();
        if (row == null || row.getBoolean("[applied]")) {
            return id;
        }
        return String.valueOf(row.getString("topic_id"));
    }

    @Override
    public Optional<String> find(String topic, int generation) {
        Row row = session.execute(SimpleStatement.newInstance(
                        "SELECT topic_id FROM topic_lives WHERE topic = ? AND generation = ?", topic, generation))
                .one();
        return Optional.ofNullable(row).map(found -> found.getString("topic_id"));
    }

    @Override
    public OptionalInt latestGeneration(String topic) {
        Row row = session.execute(SimpleStatement.newInstance(
                        "SELECT generation FROM topic_lives WHERE topic = ? LIMIT 1", topic))
                .one();
        return row == null ? OptionalInt.empty() : OptionalInt.of(row.getInt("generation"));
    }
}
