package org.gatehouse.matrix.canonicaljson;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PrefixSortTest {

    private static final int COUNT = 5_000;

    private static List<String> names(String alphabet, String beginning, int longest) {
        Random random = new Random(7);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            StringBuilder name = new StringBuilder(beginning);
            for (int length = random.nextInt(longest + 1); length > 0; length--) {
                name.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            names.add(name.toString());
        }
        return names;
    }

    private static void assertSorted(List<String> names) {
        Map<String, Integer> last = new TreeMap<>();
        StringBuilder json = new StringBuilder();
        for (int i = 0; i < names.size(); i++) {
            last.put(names.get(i), i);
            json.append(i == 0 ? '{' : ',')
                    .append('"')
                    .append(names.get(i))
                    .append("\":")
                    .append(i);
        }

        JsonObject object = StrictJson.parseObject(json.append('}').toString());

        assertThat(object.names()).containsExactlyElementsOf(last.keySet());
        last.forEach((name, value) -> assertThat(object.integer(name)).hasValue(value));
        assertThat(object.defect().isPresent()).isEqualTo(last.size() < names.size());
    }

    @Test
    void namesThatDifferEarly() {
        assertSorted(names("abcdefghijklmnopqrstuvwxyz0123456789_.", "", 12));
    }

    @Test
    void namesThatBeginAlike() {
        assertSorted(names("ab", "org.example.", 9));
    }

    @Test
    void namesOfWhichManyAreEqualAndSomeBeginOthers() {
        assertSorted(names("a", "", 40));
    }

    @Test
    void firstAndLastCharactersOfAscii() {
        assertSorted(names(" ~\u007f", "", 10));
    }

    @Test
    void namesThatAreNotPlain() {
        List<String> names = new ArrayList<>(names("abcdefgh", "", 12));
        names.add("\u00e4");
        assertSorted(names);
    }

    @Test
    void isForManyNamesOnly() {
        assertThat(PrefixSort.pays(new String[999])).isFalse();
        assertThat(PrefixSort.pays(new String[1_000])).isTrue();
    }
}
