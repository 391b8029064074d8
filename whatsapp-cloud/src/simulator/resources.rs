//! What a program does beside the API: it plays the sign-up window, the phone that gets a
//! code, and customers who follow a link into a group.

use secrecy::SecretString;

use crate::id::{AccountId, PhoneNumberId};
use crate::simulator::Simulator;

impl Simulator {
    /// A business signs up with a number of its own. Returns the code that the window gives
    /// to the app, which lives 30 seconds and once: `POST /oauth/access_token` makes it a
    /// token that opens this account only. The account is made where there is none; the app
    /// is not subscribed to it, and the number is not registered.
    ///
    /// ```
    /// use whatsapp_cloud::simulator::Simulator;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> whatsapp_cloud::Result<()> {
    /// let simulator = Simulator::builder().start().await?;
    /// let code = simulator.signup("2729063490586005", "22", "5511888880001");
    /// # Ok(()) }
    /// ```
    pub fn signup(
        &self,
        account: impl Into<AccountId>,
        id: impl Into<PhoneNumberId>,
        digits: impl AsRef<str>,
    ) -> SecretString {
        let (account, id) = (account.into(), id.into());
        let code = self
            .shared
            .change(|world, now| (world.signup(&account, &id, digits.as_ref(), now), Vec::new()));
        SecretString::from(code)
    }

    /// The code that a number got by `request_code`, until it was used.
    ///
    /// ```
    /// use whatsapp_cloud::simulator::Simulator;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> whatsapp_cloud::Result<()> {
    /// let simulator = Simulator::builder().start().await?;
    /// assert_eq!(simulator.verification_code(simulator.phone_number_id()), None);
    /// # Ok(()) }
    /// ```
    pub fn verification_code(&self, id: &PhoneNumberId) -> Option<String> {
        self.shared.world().verification_code(id)
    }

    /// A customer follows an invite link into a group. Says whether it led there: not where
    /// the link was reset, the group is full, or the business has removed them from it.
    ///
    /// ```
    /// use whatsapp_cloud::simulator::Simulator;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> whatsapp_cloud::Result<()> {
    /// let simulator = Simulator::builder().start().await?;
    /// assert!(!simulator.join_group("5511999990001", "https://chat.whatsapp.com/none"));
    /// # Ok(()) }
    /// ```
    pub fn join_group(&self, phone: impl AsRef<str>, link: impl AsRef<str>) -> bool {
        let phone: String = phone.as_ref().chars().filter(char::is_ascii_digit).collect();
        self.shared.change(|world, now| {
            let (joined, news) = world.joins_group(&phone, link.as_ref(), now);
            (joined, news.into_iter().collect())
        })
    }
}
