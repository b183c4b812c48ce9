package org.gatehouse.egress.config;

import java.util.List;
import org.gatehouse.runtime.start.Settings;
import org.gatehouse.runtime.start.StartCondition;

/** The authorities that are believed beside the JDK's must be there. */
public final class EgressCondition implements StartCondition {

    @Override
    public List<String> problems(Settings settings) {
        return settings.wantCertificates("gatehouse.egress.ca-file");
    }
}
