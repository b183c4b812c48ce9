package org.gatehouse.runtime.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class AdminTokensTest {

    @Test
    void findsTheRoleOfAToken() {
        AdminTokens tokens = new AdminTokens(List.of("viewer:look-look-look-look", "operator:a:token:with:colons"));

        assertThat(tokens.find("look-look-look-look").map(AdminTokens.Bearer::role))
                .contains(AdminRole.VIEWER);
        assertThat(tokens.find("a:token:with:colons").map(AdminTokens.Bearer::role))
                .contains(AdminRole.OPERATOR);
        assertThat(tokens.find("look-look-look-loo")).isEmpty();
        assertThat(tokens.find("")).isEmpty();
    }

    @Test
    void refusesTokensThatAreTooShortOrOfNoRole() {
        assertThatThrownBy(() -> new AdminTokens(List.of("viewer:short"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new AdminTokens(List.of("admin:a-token-long-enough")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new AdminTokens(List.of("a-token-without-role-at-all")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("a-token-without");
    }
}
