package social.dunlin.federation.signature;

import com.amazon.corretto.crypto.provider.SelfTestResult;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import javax.crypto.MacSpi;

/**
 * In executables alone: the library tries its HMAC with a provider made for the test, which Java asks to have been verified
 * when the executable was built, and gives up all of itself when that fails. Nothing here uses its HMAC; what is used is
 * tried by {@link NativeSignatures}.
 */
@TargetClass(className = "com.amazon.corretto.crypto.provider.EvpHmac")
final class SelfTestsInExecutables {
    private SelfTestsInExecutables() {
    }

    @Substitute
    private static SelfTestResult runSelfTest(String algorithm, Class<? extends MacSpi> implementation) {
        return SelfTestResult.PASS_RESULT;
    }
}
