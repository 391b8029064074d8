//! A list to choose from.

use crate::violation::any_twice;
use crate::wire::object;

const BUTTON: usize = 20;
const MOST_SECTIONS: usize = 10;
const MOST_ROWS: usize = 10;
const SECTION_TITLE: usize = 24;
const ROW_ID: usize = 200;
const ROW_TITLE: usize = 24;
const DESCRIPTION: usize = 72;

object! {
    /// A list to choose one row from: at most 10 rows in all.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/messages/interactive-list-messages>
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{List, ListRow};
    ///
    /// let list = List::new("Shipping Options").section(
    ///     "I want it ASAP!",
    ///     [ListRow::new("priority_express", "Priority Mail Express").described("1–2 days")],
    /// );
    /// assert!(list.sections[0].rows[0].description.is_some());
    /// ```
    pub struct List {
        /// What stands on the button that opens it: 1 to 20 characters.
        pub button: String = "button",
        /// Its sections: 1 to 10.
        pub sections: Vec<ListSection> = "sections",
    }
    check |list, found| {
        found.length("button", &list.button, 1, BUTTON);
        let sections = list.sections.len();
        if sections == 0 || sections > MOST_SECTIONS {
            found.add("sections", format!("1 to {MOST_SECTIONS} sections, found {sections}"));
        }
        // Meta's page wants a title always, its reference only where there are several.
        if sections > 1 && list.sections.iter().any(|section| section.title.is_none()) {
            found.add("sections", "a title for each of several sections");
        }
        let rows = list.sections.iter().map(|section| section.rows.len()).sum::<usize>();
        if rows > MOST_ROWS {
            found.add("sections", format!("at most {MOST_ROWS} rows in all, found {rows}"));
        }
        let all = list.sections.iter().flat_map(|section| &section.rows);
        if rows <= MOST_ROWS && any_twice(all.map(|row| row.id.as_str())) {
            found.add("sections", "ids of rows that differ, found one twice");
        }
    }
}

object! {
    /// A part of a list.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{List, ListRow, ListSection};
    ///
    /// let list =
    ///     List::new("Options").section("I can wait", [ListRow::new("ground", "USPS Ground")]);
    /// let ListSection { title, rows, .. } = &list.sections[0];
    /// assert_eq!((title.as_deref(), rows.len()), (Some("I can wait"), 1));
    /// ```
    pub struct ListSection {
        /// What it is called: 1 to 24 characters; needed where there are several sections.
        pub title: Option<String> = "title",
        /// What can be chosen.
        pub rows: Vec<ListRow> = "rows",
    }
    check |section, found| {
        if let Some(title) = &section.title {
            found.length("title", title, 1, SECTION_TITLE);
        }
        if section.rows.is_empty() {
            found.add("rows", "a row, found none");
        }
    }
}

object! {
    /// What can be chosen.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::ListRow;
    ///
    /// let row = ListRow::new("ground", "USPS Ground").described("2–5 days");
    /// assert_eq!(
    ///     serde_json::to_string(&row)?,
    ///     r#"{"id":"ground","title":"USPS Ground","description":"2–5 days"}"#,
    /// );
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct ListRow {
        /// What comes back when it is chosen: 1 to 200 characters.
        pub id: String = "id",
        /// What it is called: 1 to 24 characters.
        pub title: String = "title",
        /// What stands below: at most 72 characters.
        pub description: Option<String> = "description",
    }
    check |row, found| {
        found.length("id", &row.id, 1, ROW_ID);
        found.length("title", &row.title, 1, ROW_TITLE);
        if let Some(description) = &row.description {
            found.length("description", description, 0, DESCRIPTION);
        }
    }
}

impl List {
    /// A list without sections, which opens with this button.
    pub fn new(button: impl Into<String>) -> Self {
        Self { button: button.into(), ..Self::default() }
    }

    /// Adds a section. The title may be empty where it is the only one.
    #[must_use]
    pub fn section(
        mut self,
        title: impl Into<String>,
        rows: impl IntoIterator<Item = ListRow>,
    ) -> Self {
        let title = Some(title.into()).filter(|title| !title.is_empty());
        let rows = rows.into_iter().collect();
        self.sections.push(ListSection { title, rows, ..ListSection::default() });
        self
    }
}

impl ListRow {
    /// A row without a description.
    pub fn new(id: impl Into<String>, title: impl Into<String>) -> Self {
        Self { id: id.into(), title: title.into(), ..Self::default() }
    }

    /// What stands below.
    #[must_use]
    pub fn described(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
        self
    }
}
