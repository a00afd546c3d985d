package social.dunlin.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import social.dunlin.refusal.Refusal;

class EmailAddressTest {
    @ParameterizedTest
    @CsvSource({"Ann@Example.ORG, Ann@example.org", "' a.b+c@d.example ', a.b+c@d.example", "x@b\u00fccher.example, x@xn--bcher-kva.example"})
    void domainIsNormalisedAndTheRestKept(String typed, String kept) {
        assertEquals(kept, new EmailAddress(typed).value());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "@", "a@", "@b.example", "a b@c.example", "a@b@c.example", "a\r\nBcc:x@c.example", "a@b..example", "<a@b.example>"})
    void whatIsNoAddressIsRefused(String typed) {
        assertThrows(Refusal.class, () -> new EmailAddress(typed));
    }
}
