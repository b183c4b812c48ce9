package org.gatehouse.matrix.edu;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.gatehouse.matrix.canonicaljson.JsonObject;
import org.gatehouse.matrix.canonicaljson.JsonValue;
import org.gatehouse.matrix.canonicaljson.StrictJson;
import org.gatehouse.matrix.edu.EduReading.Readable;
import org.gatehouse.matrix.edu.EduReading.Refused;
import org.gatehouse.matrix.edu.PresenceUpdates.Presence;
import org.gatehouse.matrix.edu.PresenceUpdates.UserPresence;
import org.gatehouse.matrix.edu.Receipts.ReadReceipt;
import org.gatehouse.matrix.identifier.EventId;
import org.gatehouse.matrix.identifier.RoomId;
import org.gatehouse.matrix.identifier.ServerName;
import org.gatehouse.matrix.identifier.UserId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EdusTest {

    private static final ServerName ORIGIN = new ServerName("a.example");
    private static final UserId ALICE = new UserId("@alice:a.example");
    private static final UserId BOB = new UserId("@bob:b.example");
    private static final RoomId ROOM = new RoomId("!room:a.example");

    private static JsonValue json(String text) {
        return StrictJson.parse(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static EduReading read(String type, String content) {
        return Edus.read(ORIGIN, json("{'edu_type':'" + type + "','content':" + content + "}"));
    }

    private static Edu edu(String type, String content) {
        return read(type, content).usable().orElseThrow();
    }

    private static void assertRefused(EduReading reading, String reason) {
        assertThat(reading).isEqualTo(new Refused(reason));
        assertThat(reading.usable()).isEmpty();
    }

    private static List<String> passedOver(EduReading reading) {
        return ((Readable) reading).passedOver();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "5                                       | the EDU is no object",
                "null                                    | the EDU is no object",
                "[]                                      | the EDU is no object",
                "{}                                      | edu_type is no string",
                "{'edu_type':5}                          | edu_type is no string",
                "{'edu_type':'m.typing'}                 | content is no object",
                "{'edu_type':'m.typing','content':null}  | content is no object",
                "{'edu_type':'m.receipt','content':[]}   | content is no object"
            })
    void refusesWhatIsNoEdu(String text, String reason) {
        assertRefused(Edus.read(ORIGIN, json(text)), reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'edu_type':'m.unheard'}",
                "{'edu_type':'','content':null}",
                "{'edu_type':'M.TYPING','content':{'x':1.5}}"
            })
    void whatItDoesNotKnowIsUnknown(String text) {
        String type = json(text).asObject().orElseThrow().string("edu_type").orElseThrow();

        assertThat(Edus.read(ORIGIN, json(text))).isEqualTo(new Readable(new UnknownEdu(type), List.of()));
    }

    @Test
    void refusesADefect() {
        assertRefused(
                read("m.typing", "{'room_id':'!r:x','user_id':'@alice:a.example','typing':true,'typing':false}"),
                "JSON defect DUPLICATE_KEY");
        assertRefused(read("m.direct_to_device", "{'sender':'\\ud800'}"), "JSON defect LONE_SURROGATE");
    }

    @Test
    void refusesMoreThanAMebibyte() {
        String content = "{'room_id':'!r:x','user_id':'@alice:a.example','typing':true,'x':'%s'}";

        assertThat(read("m.typing", content.formatted("x".repeat(1_000_000))).usable())
                .isPresent();
        assertRefused(read("m.typing", content.formatted("x".repeat(1 << 20))), "over 1048576 bytes");
    }

    /** The user of each type, in the field that the specification gives it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "m.typing                       | user_id | {'room_id':'!r:x','typing':true,'user_id':%s}",
                "m.device_list_update           | user_id | {'device_id':'D','stream_id':1,'user_id':%s}",
                "m.signing_key_update           | user_id | {'user_id':%s}",
                "org.matrix.signing_key_update  | user_id | {'user_id':%s}",
                "m.direct_to_device             | sender  | {'type':'t','message_id':'m','messages':{},'sender':%s}"
            })
    void theUserIsOfTheServerThatSentIt(String type, String field, String content) {
        assertThat(read(type, content.formatted("'@alice:a.example'")).usable()).isPresent();
        String other = field + " is a user of another server than a.example";
        assertRefused(read(type, content.formatted("'@alice:b.example'")), other);
        assertRefused(read(type, content.formatted("'@alice:A.example'")), other);
        assertRefused(read(type, content.formatted("'@alice:a.example:8448'")), other);
        assertRefused(read(type, content.formatted("'alice'")), field + " is no user ID");
        assertRefused(read(type, content.formatted("5")), field + " is no string");
        assertRefused(read(type, content.formatted("null")), field + " is no string");
        assertRefused(
                read(type, content.formatted("'@äl:a.example'")),
                field + " is a historical user ID, which may not stand outside of events");
    }

    @Test
    void readsTyping() {
        assertThat(edu("m.typing", "{'room_id':'!room:a.example','user_id':'@alice:a.example','typing':false}"))
                .isEqualTo(new Typing(ROOM, ALICE, false));
        assertThat(edu("m.typing", "{'room_id':'!hash','user_id':'@alice:a.example','typing':true}")
                        .type())
                .isEqualTo("m.typing");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'user_id':'@alice:a.example','typing':true}                       | room_id is no string",
                "{'room_id':'r','user_id':'@alice:a.example','typing':true}         | room_id is no room ID",
                "{'room_id':'!r:x','user_id':'@alice:a.example'}                    | typing is no boolean",
                "{'room_id':'!r:x','user_id':'@alice:a.example','typing':'true'}    | typing is no boolean",
                "{'room_id':'!r:x','user_id':'@alice:a.example','typing':null}      | typing is no boolean"
            })
    void refusesMalformedTyping(String content, String reason) {
        assertRefused(read("m.typing", content), reason);
    }

    private static String receipts(String receipt) {
        return "{'!room:a.example':{'m.read':{'@alice:a.example':" + receipt + "}}}";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'ts':5}                                   | ",
                "{'ts':5,'thread_id':'main'}                | main",
                "{'ts':5,'thread_id':'$root'}               | $root",
                "{'ts':5,'thread_id':'elsewhere'}           | ",
                "{'ts':5,'thread_id':{}}                    | ",
                "{'ts':5,'thread_id':null}                  | "
            })
    void readsReceipts(String data, String threadId) {
        assertThat(edu("m.receipt", receipts("{'event_ids':['$e'],'data':" + data + "}")))
                .isEqualTo(new Receipts(
                        List.of(new ReadReceipt(ROOM, ALICE, new EventId("$e"), 5, Optional.ofNullable(threadId)))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "null                                                | a receipt is no object",
                "{'event_ids':['$e']}                                | data is no object",
                "{'event_ids':['$e'],'data':{}}                      | ts is no integer from 0 to 2^53 - 1",
                "{'event_ids':['$e'],'data':{'ts':1.5}}              | ts is no integer from 0 to 2^53 - 1",
                "{'event_ids':['$e'],'data':{'ts':-1}}               | ts is no integer from 0 to 2^53 - 1",
                "{'event_ids':['$e'],'data':{'ts':'1'}}              | ts is no integer from 0 to 2^53 - 1",
                "{'event_ids':['$e'],'data':{'ts':9007199254740992}} | ts is no integer from 0 to 2^53 - 1",
                "{'event_ids':[],'data':{'ts':1}}                    | event_ids holds not one event",
                "{'event_ids':['$e','$f'],'data':{'ts':1}}           | event_ids holds not one event",
                "{'event_ids':[5],'data':{'ts':1}}                   | event_ids holds no event ID",
                "{'event_ids':['e'],'data':{'ts':1}}                 | event_ids holds no event ID",
                "{'event_ids':'$e','data':{'ts':1}}                  | event_ids is no array",
                "{'data':{'ts':1}}                                   | event_ids is no array"
            })
    void passesOverMalformedReceipts(String receipt, String reason) {
        EduReading reading = read("m.receipt", receipts(receipt));

        assertThat(reading).isEqualTo(new Readable(new Receipts(List.of()), List.of(reason)));
    }

    @Test
    void aForeignReaderSpoilsNobodyElsesReceipt() {
        String good = "{'event_ids':['$e'],'data':{'ts':5}}";
        EduReading reading = read(
                "m.receipt",
                "{'!room:a.example':{'m.read':{'@alice:a.example':" + good + ",'@bob:b.example':" + good + ",'x':"
                        + good + "},'m.read.private':{'@alice:a.example':" + good
                        + "}},'room':{},'!empty:x':{},'!other:x':5}");

        assertThat(reading.usable())
                .contains(new Receipts(List.of(new ReadReceipt(ROOM, ALICE, new EventId("$e"), 5, Optional.empty()))));
        assertThat(passedOver(reading))
                .containsExactly(
                        "a room is no object",
                        "the reader is a user of another server than a.example",
                        "the reader is no user ID",
                        "a key is no room ID");
    }

    @Test
    void keepsFewReasonsOfMany() {
        StringBuilder rooms = new StringBuilder("{");
        for (int i = 0; i < 10_000; i++) {
            rooms.append(i == 0 ? "" : ",").append("'!r").append(i).append(":x':5");
        }

        assertThat(passedOver(read("m.receipt", rooms.append('}').toString()))).hasSize(8);
    }

    @Test
    void readsPresence() {
        EduReading reading = read(
                "m.presence",
                "{'push':[{'user_id':'@alice:a.example','presence':'online','last_active_ago':7,'status_msg':'here',"
                        + "'currently_active':true},{'user_id':'@al:a.example','presence':'unavailable','last_active_ago':0,"
                        + "'status_msg':null},{'user_id':'@bob:b.example','presence':'offline','last_active_ago':1}]}");

        assertThat(reading.usable())
                .contains(new PresenceUpdates(List.of(
                        new UserPresence(ALICE, Presence.ONLINE, 7, Optional.of("here"), true),
                        new UserPresence(
                                new UserId("@al:a.example"), Presence.UNAVAILABLE, 0, Optional.empty(), false))));
        assertThat(passedOver(reading)).containsExactly("user_id is a user of another server than a.example");
        assertThat(Presence.ONLINE).hasToString("online");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "5                                                | an update is no object",
                "{'presence':'online','last_active_ago':1}        | user_id is no string",
                "{'user_id':'@alice:a.example','last_active_ago':1} | presence is no string",
                "{'user_id':'@alice:a.example','presence':'ONLINE','last_active_ago':1} | presence is none of the three",
                "{'user_id':'@alice:a.example','presence':'online'} | last_active_ago is no integer from 0 to 2^53 - 1",
                "{'user_id':'@alice:a.example','presence':'online','last_active_ago':1152921504606846976} "
                        + "| last_active_ago is no integer from 0 to 2^53 - 1",
                "{'user_id':'@alice:a.example','presence':'online','last_active_ago':1,'status_msg':5} "
                        + "| status_msg is no string",
                "{'user_id':'@alice:a.example','presence':'online','last_active_ago':1,'currently_active':1} "
                        + "| currently_active is no boolean"
            })
    void passesOverMalformedPresence(String update, String reason) {
        assertThat(read("m.presence", "{'push':[" + update + "]}"))
                .isEqualTo(new Readable(new PresenceUpdates(List.of()), List.of(reason)));
    }

    @Test
    void refusesPresenceWithoutAList() {
        assertRefused(read("m.presence", "{}"), "push is no array");
        assertRefused(read("m.presence", "{'push':{}}"), "push is no array");
    }

    @Test
    void readsDeviceListUpdates() {
        String keys = "{'user_id':'@alice:a.example','device_id':'DEV','algorithms':[],'keys':{},'signatures':{}}";

        assertThat(edu(
                        "m.device_list_update",
                        "{'user_id':'@alice:a.example','device_id':'DEV','stream_id':6,'prev_id':[5,4],"
                                + "'device_display_name':'Phone','deleted':false,'keys':" + keys + "}"))
                .isEqualTo(new DeviceListUpdate(
                        ALICE,
                        "DEV",
                        6,
                        List.of(5L, 4L),
                        Optional.of("Phone"),
                        false,
                        json(keys).asObject()));
        assertThat(edu(
                        "m.device_list_update",
                        "{'user_id':'@alice:a.example','device_id':'DEV','stream_id':0,'prev_id':null,'deleted':true,"
                                + "'device_display_name':null,'keys':null}"))
                .isEqualTo(new DeviceListUpdate(ALICE, "DEV", 0, List.of(), Optional.empty(), true, Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'stream_id':1                                  | device_id is no string",
                "'device_id':'D'                                | stream_id is no integer from 0 to 2^53 - 1",
                "'device_id':'D','stream_id':'1'                | stream_id is no integer from 0 to 2^53 - 1",
                "'device_id':'D','stream_id':-1                 | stream_id is no integer from 0 to 2^53 - 1",
                "'device_id':'D','stream_id':9007199254740992   | stream_id is no integer from 0 to 2^53 - 1",
                "'device_id':'D','stream_id':1,'prev_id':5      | prev_id is no array",
                "'device_id':'D','stream_id':1,'prev_id':['5']  | prev_id is no integer from 0 to 2^53 - 1",
                "'device_id':'D','stream_id':1,'deleted':1      | deleted is no boolean",
                "'device_id':'D','stream_id':1,'device_display_name':1 | device_display_name is no string",
                "'device_id':'D','stream_id':1,'keys':[]        | keys is no object",
                "'device_id':'D','stream_id':1,'keys':{}        | keys are of another user or device",
                "'device_id':'D','stream_id':1,'keys':{'user_id':'@alice:a.example','device_id':'E'} "
                        + "| keys are of another user or device",
                "'device_id':'D','stream_id':1,'keys':{'user_id':'@bob:b.example','device_id':'D'} "
                        + "| keys are of another user or device"
            })
    void refusesMalformedDeviceListUpdates(String fields, String reason) {
        assertRefused(read("m.device_list_update", "{'user_id':'@alice:a.example'," + fields + "}"), reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"m.signing_key_update", "org.matrix.signing_key_update"})
    void readsSigningKeyUpdates(String type) {
        String master = "{'user_id':'@alice:a.example','usage':['master'],'keys':{'ed25519:k':'k'}}";
        String selfSigning = "{'user_id':'@alice:a.example','usage':['self_signing'],'keys':{'ed25519:s':'s'},"
                + "'signatures':{'@alice:a.example':{'ed25519:k':'x'}}}";

        assertThat(edu(
                        type,
                        "{'user_id':'@alice:a.example','master_key':" + master + ",'self_signing_key':" + selfSigning
                                + "}"))
                .isEqualTo(new SigningKeyUpdate(
                        ALICE, json(master).asObject(), json(selfSigning).asObject()));
        assertThat(edu(type, "{'user_id':'@alice:a.example'}"))
                .isEqualTo(new SigningKeyUpdate(ALICE, Optional.empty(), Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "5 | master_key is no object",
                "{} | the master key is of another user",
                "{'user_id':'@bob:b.example','usage':['master'],'keys':{'ed25519:k':'k'}} | the master key is of another user",
                "{'user_id':'@alice:a.example','usage':['self_signing'],'keys':{'ed25519:k':'k'}} "
                        + "| the master key is not for that use",
                "{'user_id':'@alice:a.example','usage':['master'],'keys':{}} | the master key holds not one key",
                "{'user_id':'@alice:a.example','usage':['master'],'keys':{'a':'a','b':'b'}} "
                        + "| the master key holds not one key",
                "{'user_id':'@alice:a.example','usage':['master'],'keys':{'a':5}} | the master key holds not one key"
            })
    void refusesMalformedSigningKeyUpdates(String key, String reason) {
        assertRefused(read("m.signing_key_update", "{'user_id':'@alice:a.example','master_key':" + key + "}"), reason);
    }

    private static String toDevice(String messageId, String messages) {
        return "{'sender':'@alice:a.example','type':'m.x','message_id':'" + messageId + "','messages':" + messages
                + "}";
    }

    @Test
    void readsMessagesToDevices() {
        ToDeviceMessages messages = (ToDeviceMessages) edu(
                "m.direct_to_device", toDevice("id", "{'@bob:b.example':{'DEV':{'a':1},'*':{}},'@carl:b.example':{}}"));

        assertThat(messages.sender()).isEqualTo(ALICE);
        assertThat(messages.eventType()).isEqualTo("m.x");
        assertThat(messages.messageId()).isEqualTo("id");
        assertThat(messages.messages().keySet()).isEqualTo(Set.of(BOB, new UserId("@carl:b.example")));
        assertThat(messages.messages().get(BOB))
                .containsEntry("DEV", JsonObject.EMPTY.with("a", 1))
                .containsEntry(ToDeviceMessages.ALL_DEVICES, JsonObject.EMPTY)
                .hasSize(2);
    }

    @Test
    void passesOverReceiversAndMessagesOfTheWrongForm() {
        EduReading reading = read(
                "m.direct_to_device",
                toDevice("id", "{'bob':{},'@bob:b.example':{'D':5,'E':{}},'@carl:b.example':[]}"));

        assertThat(((ToDeviceMessages) reading.usable().orElseThrow()).messages())
                .hasToString("{@bob:b.example={E={}}}");
        assertThat(passedOver(reading))
                .containsExactly("a message is no object", "a user's entry is no object", "a key is no user ID");
    }

    @Test
    void aMessageIdHasAtMost32CodePoints() {
        assertThat(read("m.direct_to_device", toDevice("😀".repeat(32), "{}")).usable())
                .isPresent();
        assertRefused(
                read("m.direct_to_device", toDevice("x".repeat(33), "{}")), "message_id has more than 32 code points");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'sender':'@alice:a.example','message_id':'m','messages':{}}             | type is no string",
                "{'sender':'@alice:a.example','type':'t','messages':{}}                   | message_id is no string",
                "{'sender':'@alice:a.example','type':'t','message_id':'m'}                | messages is no object",
                "{'sender':'@alice:a.example','type':'t','message_id':'m','messages':[]}  | messages is no object"
            })
    void refusesMalformedMessagesToDevices(String content, String reason) {
        assertRefused(read("m.direct_to_device", content), reason);
    }
}
