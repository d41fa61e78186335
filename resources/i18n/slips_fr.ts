<?xml version="1.0" encoding="utf-8"?>
<!-- SPDX-FileCopyrightText: The YoID Console authors -->
<!-- SPDX-License-Identifier: Apache-2.0 -->
<!DOCTYPE TS>
<TS version="2.1" language="fr" sourcelanguage="en">
<context>
    <name>Slip</name>
    <message>
        <source>Your credential is ready</source>
        <translation>Votre justificatif numérique est prêt</translation>
    </message>
    <message>
        <source>Open the YoID wallet on your phone.</source>
        <translation>Ouvrez le portefeuille YoID sur votre téléphone.</translation>
    </message>
    <message>
        <source>Scan this code with the wallet.</source>
        <translation>Scannez ce code avec le portefeuille.</translation>
    </message>
    <message>
        <source>Look at what is offered, then accept it.</source>
        <translation>Regardez ce qui vous est proposé, puis acceptez.</translation>
    </message>
    <message>
        <source>Sign in with: %1</source>
        <translation>Connectez-vous avec : %1</translation>
    </message>
    <message>
        <source>First password: %1</source>
        <translation>Premier mot de passe : %1</translation>
    </message>
    <message>
        <source>Choose a password of your own when you sign in.</source>
        <translation>Choisissez votre propre mot de passe à la connexion.</translation>
    </message>
    <message>
        <source>No password? Use “Forgot password” when you sign in.</source>
        <translation>Pas de mot de passe ? Utilisez « Mot de passe oublié » à la connexion.</translation>
    </message>
    <message>
        <source>Accept it by %1.</source>
        <translation>À accepter au plus tard le %1.</translation>
    </message>
    <message>
        <source>From %1</source>
        <translation>De la part de %1</translation>
    </message>
    <message>
        <source>Only for you: whoever scans this code first gets the credential.</source>
        <translation>Rien que pour vous : la première personne qui scanne ce code reçoit le justificatif.</translation>
    </message>
    <message>
        <source>The code does not fit on paper. Ask %1 for the link.</source>
        <translation>Le code ne tient pas sur le papier. Demandez le lien à %1.</translation>
    </message>
</context>
</TS>
