package org.gatehouse.provider.edu;

import jakarta.enterprise.context.ApplicationScoped;
import org.gatehouse.runtime.log.Quarantine;
import org.gatehouse.runtime.log.SourceRecord;

/** Topic quarantine. */
@ApplicationScoped
class QuarantineOfEdus implements BadRecords {

    private final Quarantine quarantine;

    QuarantineOfEdus(Quarantine quarantine) {
        this.quarantine = quarantine;
    }

    @Override
    public void put(SourceRecord source, String reason) {
        quarantine.put(source, reason);
    }
}
