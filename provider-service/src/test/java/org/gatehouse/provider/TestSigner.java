package org.gatehouse.provider;

import org.gatehouse.matrix.event.EventDraft;
import org.gatehouse.matrix.event.Pdu;
import org.gatehouse.matrix.event.StoredPdus;
import org.gatehouse.matrix.identifier.KeyId;
import org.gatehouse.matrix.signing.EventSigning;
import org.gatehouse.matrix.signing.SigningKey;
import org.gatehouse.provider.authoring.EventSigner;

/** Signs with one fixed key, whoever the sender is. */
public final class TestSigner implements EventSigner {

    private static final SigningKey KEY = SigningKey.fromSeed(new byte[32], new KeyId("ed25519:test"));

    private int signed;

    @Override
    public Pdu sign(EventDraft draft) {
        signed++;
        return StoredPdus.of(
                draft.roomVersion(),
                EventSigning.hashAndSign(
                        draft.roomVersion(), draft.toJson(), draft.sender().serverName(), KEY));
    }

    /** How often it was asked. */
    public int signed() {
        return signed;
    }
}
