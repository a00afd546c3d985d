package social.dunlin.instance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import social.dunlin.domain.Domain;
import social.dunlin.testing.TestConfiguration;

class InstanceTextsTest {
    private static final Domain SILENT = new Domain(1, "home.example", "home.example", true, null, " ", null);
    private static final Domain SPEAKING = new Domain(1, "home.example", "home.example", true, "The marsh", "For waders", "warden@home.example");

    @Test
    void settingsSpeakForADomainThatIsSilent() {
        InstanceTexts texts = new InstanceTexts(TestConfiguration.of(Map.of("dunlin.instance.title", "The coast",
            "dunlin.instance.description", "For all birds", "dunlin.instance.contact-email", "office@coast.example")));
        assertEquals("The coast", texts.title(SILENT));
        assertEquals("For all birds", texts.description(SILENT));
        assertEquals(Optional.of("office@coast.example"), texts.contactEmail(SILENT));
        assertEquals("The marsh", texts.title(SPEAKING));
        assertEquals("For waders", texts.description(SPEAKING));
        assertEquals(Optional.of("warden@home.example"), texts.contactEmail(SPEAKING));
    }

    @Test
    void whereNobodyHasSaidAnythingThereIsSomethingGeneral() {
        InstanceTexts texts = new InstanceTexts(TestConfiguration.defaults());
        assertEquals("Dunlin", texts.title(SILENT));
        assertEquals(Optional.empty(), texts.writtenDescription(SILENT));
        assertEquals("A small server of the fediverse.", texts.description(SILENT));
    }
}
