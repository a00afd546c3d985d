package social.dunlin.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptLanguageTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
        ko, 오늘은 물떼새를 보았다
        ja, 今日は海岸で鳥を見た
        ja, カモメ
        th, วันนี้ฉันเห็นนก
        el, Σήμερα είδα ένα πουλί
        he, היום ראיתי ציפור
        ka, დღეს ჩიტი დავინახე
        hy, Այսօր թռչուն տեսա
        ta, இன்று ஒரு பறவையைப் பார்த்தேன்
        ko, 새로운 Android 버전이 나왔습니다
        el, @somebody@far.example Σήμερα #birds https://very.long.example/about/birds/of/the/coast
        """)
    void lettersOfOneLanguageTellIt(String language, String text) {
        assertEquals(language, ScriptLanguage.guess(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "🐦🐦🐦", "12345", "Heute sah ich einen Vogel", "Сегодня я видел птицу", "اليوم رأيت طائرا", "今天看到一只鸟",
        "The Greek word for it is θάλασσα", "Δx of μ", "(ಠ_ಠ)", "@하나 #새 https://example.com/안녕하세요", "\uD800\uDC00\uD800"})
    void whatManyLanguagesShareOrSaysTooLittleIsLeftOpen(String text) {
        assertNull(ScriptLanguage.guess(text));
    }

    @Test
    void mostLettersDecide() {
        assertEquals("ko", ScriptLanguage.guess("안녕하세요 여러분 반갑습니다 Καλημέρα"));
        assertNull(ScriptLanguage.guess("안녕하세요 여러분 Καλημέρα"));
    }
}
